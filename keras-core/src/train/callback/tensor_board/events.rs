//! Files of events: the records of `TFRecord`, each a message `Event` in the format of Protocol Buffers.

use std::io::{self, Write};

/// Events that are written one after the other; each is there as a whole when its function returns.
#[derive(Debug)]
pub(super) struct Events<W> {
    out: W,
}

impl<W: Write> Events<W> {
    /// Begins with the event that tells the version, at this time, in seconds since 1970.
    pub(super) fn new(out: W, time: f64) -> io::Result<Self> {
        let mut events = Events { out };
        events.record(&Message::default().double(1, time).bytes(3, b"brain.Event:2"))?;
        Ok(events)
    }

    /// Named numbers of a step.
    pub(super) fn scalars(
        &mut self,
        time: f64,
        step: u64,
        scalars: &[(String, f32)],
    ) -> io::Result<()> {
        let mut summary = Message::default();
        for (tag, value) in scalars {
            let scalar = Message::default().bytes(1, tag.as_bytes()).float(2, *value);
            summary = summary.bytes(1, &scalar.0);
        }
        self.record(&Message::default().double(1, time).integer(2, step).bytes(5, &summary.0))
    }

    /// The length, its checksum, the message, its checksum.
    fn record(&mut self, Message(message): &Message) -> io::Result<()> {
        let length = (message.len() as u64).to_le_bytes();
        let mut record = length.to_vec();
        record.extend(checksum(&length).to_le_bytes());
        record.extend(message);
        record.extend(checksum(message).to_le_bytes());
        self.out.write_all(&record)
    }
}

/// CRC-32C, rotated and shifted by a constant, so that a checksum of data that has checksums in it is not weak.
fn checksum(bytes: &[u8]) -> u32 {
    crc32c::crc32c(bytes).rotate_right(15).wrapping_add(0xa282_ead8)
}

/// A message, field by field: a key, which is the number of the field and the kind of its value, and the value.
#[derive(Default)]
struct Message(Vec<u8>);

impl Message {
    /// A field of 64 bits.
    fn double(self, field: u8, value: f64) -> Self {
        self.key(field, 1).with(&value.to_le_bytes())
    }

    /// A field of 32 bits.
    fn float(self, field: u8, value: f32) -> Self {
        self.key(field, 5).with(&value.to_le_bytes())
    }

    /// A number of seven bits a byte; what is 0 is left out.
    fn integer(self, field: u8, value: u64) -> Self {
        if value == 0 { self } else { self.key(field, 0).varint(value) }
    }

    /// A text, or a message.
    fn bytes(self, field: u8, bytes: &[u8]) -> Self {
        self.key(field, 2).varint(bytes.len() as u64).with(bytes)
    }

    fn key(self, field: u8, kind: u8) -> Self {
        self.with(&[field << 3 | kind])
    }

    /// The lowest bits first; the highest bit of a byte says that there are more.
    fn varint(mut self, mut value: u64) -> Self {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.with(&[value as u8])
    }

    fn with(mut self, bytes: &[u8]) -> Self {
        self.0.extend(bytes);
        self
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Written by `tensorboard`.
    const GOLDEN: &[u8] = include_bytes!("../../../../golden/tensorboard/scalars.tfevents");

    /// An event, as it is read.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub(in super::super) struct Read {
        pub time: f64,
        pub version: String,
        pub step: u64,
        pub scalars: Vec<(String, f32)>,
    }

    /// The events of a file, whose checksums must be right.
    pub(in super::super) fn read(mut file: &[u8]) -> Vec<Read> {
        let mut events = Vec::new();
        while !file.is_empty() {
            let length = take(&mut file, 8);
            assert_eq!(take(&mut file, 4), checksum(length).to_le_bytes());
            let message = take(&mut file, u64::from_le_bytes(length.try_into().unwrap()) as usize);
            assert_eq!(take(&mut file, 4), checksum(message).to_le_bytes());
            events.push(event(message));
        }
        events
    }

    fn event(message: &[u8]) -> Read {
        let mut event = Read::default();
        for field in fields(message) {
            match field {
                (1, value) => event.time = f64::from_le_bytes(value.try_into().unwrap()),
                (2, value) => event.step = varint(&mut &value[..]),
                (3, value) => event.version = text(&value),
                (5, value) => event.scalars = fields(&value).iter().map(scalar).collect(),
                (other, _) => panic!("field {other}"),
            }
        }
        event
    }

    fn scalar((_, message): &(u64, Vec<u8>)) -> (String, f32) {
        match &fields(message)[..] {
            [(1, tag), (2, value)] => {
                (text(tag), f32::from_le_bytes(value[..].try_into().unwrap()))
            }
            other => panic!("{other:?}"),
        }
    }

    fn text(bytes: &[u8]) -> String {
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    /// Numbers of fields and their values, without the length of a text.
    fn fields(mut message: &[u8]) -> Vec<(u64, Vec<u8>)> {
        let mut fields = Vec::new();
        while !message.is_empty() {
            let key = varint(&mut message);
            let length = match key & 7 {
                0 => message.iter().position(|byte| *byte < 0x80).unwrap() + 1,
                1 => 8,
                2 => varint(&mut message) as usize,
                5 => 4,
                kind => panic!("kind {kind}"),
            };
            fields.push((key >> 3, take(&mut message, length).to_vec()));
        }
        fields
    }

    fn varint(bytes: &mut &[u8]) -> u64 {
        let length = bytes.iter().position(|byte| *byte < 0x80).unwrap() + 1;
        let low_first = take(bytes, length).iter().enumerate();
        low_first.map(|(i, byte)| u64::from(byte & 0x7f) << (7 * i)).sum()
    }

    fn take<'b>(bytes: &mut &'b [u8], count: usize) -> &'b [u8] {
        let (front, rest) = bytes.split_at(count);
        *bytes = rest;
        front
    }

    #[test]
    fn the_bytes_are_those_of_tensorboard() {
        let mut ours = Vec::new();
        let mut events = Events::new(&mut ours, 1.5).unwrap();
        let scalar = |tag: &str, value| (tag.to_owned(), value);
        let first = [scalar("epoch_loss", 0.0), scalar("epoch_f1", -2.5)];
        events.scalars(1_750_000_000.25, 0, &first).unwrap();
        events.scalars(1_750_000_000.25, 300, &[scalar("epoch_loss", 1e-7)]).unwrap();
        assert_eq!(ours, GOLDEN);
        let read = read(GOLDEN);
        assert_eq!(read[0], Read { time: 1.5, version: "brain.Event:2".into(), ..Read::default() });
        assert_eq!((read[1].step, &read[1].scalars[..]), (0, &first[..]));
        assert_eq!((read[2].step, read[2].time), (300, 1_750_000_000.25));
    }

    #[test]
    #[should_panic(expected = "left == right")]
    fn a_damaged_file_is_noticed() {
        let mut damaged = GOLDEN.to_vec();
        damaged[20] ^= 1;
        read(&damaged);
    }
}
