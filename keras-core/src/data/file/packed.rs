//! Bytes that are unpacked while they are read: from front to back.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::mem::replace;
use std::path::Path;

use flate2::CrcReader;
use flate2::read::{DeflateDecoder, MultiGzDecoder};

use super::bytes::{Bytes, Reader, fill};
use crate::data::ReadError;
use crate::data::error::{format, system};

type Unpacked = Box<dyn Read + Send>;

/// Packed bytes; going back begins anew.
pub(super) struct Packed {
    open: Box<dyn Fn() -> io::Result<Unpacked> + Send>,
    reader: Unpacked,
    /// How many bytes were read; after an error, more than there are.
    at: u64,
}

impl Bytes {
    /// A gzip file.
    pub(super) fn gzip(path: &Path) -> Result<Self, ReadError> {
        let file = path.to_owned();
        let open = move || Ok(Box::new(MultiGzDecoder::new(File::open(&file)?)) as Unpacked);
        Ok(Self::packed(path, open)?.0)
    }

    /// The `len` bytes of `path` from `start` on, deflated, with this checksum when they are not.
    pub(super) fn deflated(
        path: &Path,
        start: u64,
        len: u64,
        checksum: u32,
    ) -> Result<Self, ReadError> {
        let name = path.to_owned();
        let open = move || {
            let mut file = File::open(&name)?;
            file.seek(SeekFrom::Start(start))?;
            Ok(Box::new(DeflateDecoder::new(file.take(len))) as Unpacked)
        };
        let (bytes, found) = Self::packed(path, open)?;
        if found == checksum {
            return Ok(bytes);
        }
        let expected = format!("data with the checksum {checksum:08x}");
        Err(format(path, expected, format!("{found:08x}")))
    }

    /// Unpacks all once, to see how much there is, and its checksum: a header can promise anything.
    fn packed(
        path: &Path,
        open: impl Fn() -> io::Result<Unpacked> + Send + 'static,
    ) -> Result<(Self, u32), ReadError> {
        let mut reader = CrcReader::new(open().map_err(system(path))?);
        let len = length(&mut reader).map_err(system(path))?;
        let checksum = reader.crc().sum();
        let packed = Packed { open: Box::new(open), reader: reader.into_inner(), at: u64::MAX };
        Ok((Bytes { file: path.into(), len, reader: Reader::Packed(packed) }, checksum))
    }
}

impl Packed {
    pub(super) fn read(&mut self, at: u64, out: &mut [u8]) -> io::Result<usize> {
        let mut from = replace(&mut self.at, u64::MAX);
        if from > at {
            (self.reader, from) = ((self.open)()?, 0);
        }
        io::copy(&mut (&mut self.reader).take(at - from), &mut io::sink())?;
        let count = fill(&mut self.reader, out)?;
        self.at = at + count as u64;
        Ok(count)
    }
}

/// How many bytes there are. Where the packed data is cut off, those before; the array that should be there then says so.
fn length(reader: &mut impl Read) -> io::Result<u64> {
    let (mut len, mut buffer) = (0, vec![0; 1 << 16]);
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return Ok(len),
            Ok(count) => len += count as u64,
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(len),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
