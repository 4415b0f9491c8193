//! The weights in a safetensors file, read by const code, for a library that reads it cannot run there.
//!
//! A file is the length of its header (8 bytes, little-endian), the header (a JSON object with an entry a tensor: its type, its
//! shape, and where its numbers begin and end), and the numbers.

use crate::shape::{Dim, Inferred, MAX_RANK, Message, Shape};
use crate::weights::{OTHER, Tree, WeightSpec, equal};

/// The weights of `tree`, one after the other, as they stand in `file`.
///
/// # Panics
/// Where the file does not hold exactly these weights, in these shapes, as F32 or F64: in a constant, a compile error.
#[track_caller]
pub const fn read<const P: usize>(file: &[u8], tree: &Tree) -> [f32; P] {
    match parse(file, tree) {
        Ok(numbers) => numbers,
        Err(message) => panic!("{}", message.as_str()),
    }
}

/// As [`read`], with what is wrong as a sentence.
pub const fn parse<const P: usize>(file: &[u8], tree: &Tree) -> Result<[f32; P], Message> {
    let (mut numbers, mut seen) = ([0.0; P], [false; P]);
    let (header, data) = match split(file) {
        Ok(parts) => parts,
        Err(message) => return Err(message),
    };
    let mut json = Json { text: header, at: 0 };
    let mut more = json.eat(b'{') && !json.eat(b'}');
    if !more && json.at != header.len() {
        return Err(broken("its header is no JSON object"));
    }
    while more {
        let Some(name) = json.key() else {
            return Err(broken("an entry of its header has no name"));
        };
        if is_weight(name) {
            let entry = match json.entry(name) {
                Ok(entry) => entry,
                Err(message) => return Err(message),
            };
            let Some((at, spec)) = find(tree, name, 0) else {
                let message = Message::new("the file holds a weight `").bytes(name);
                return Err(message.str("`, which the model does not have"));
            };
            let len = spec.shape.len();
            if let Err(message) =
                entry.copy(spec, data, numbers.split_at_mut(at).1.split_at_mut(len).0)
            {
                return Err(message);
            }
            seen[at] = true;
        } else {
            json.skip_value();
        }
        more = json.eat(b',');
    }
    match missing(tree, &seen, 0, Message::new("")) {
        Some(message) => Err(message),
        None => Ok(numbers),
    }
}

/// The header and the numbers.
const fn split(file: &[u8]) -> Result<(&[u8], &[u8]), Message> {
    let Some((len, rest)) = file.split_first_chunk::<8>() else {
        return Err(broken("it is shorter than 8 bytes"));
    };
    let len = u64::from_le_bytes(*len);
    if len > rest.len() as u64 {
        return Err(broken("it ends before its header does"));
    }
    Ok(rest.split_at(len as usize))
}

const fn broken(why: &str) -> Message {
    Message::new("this is no whole safetensors file: ").str(why)
}

/// Whether the entry called `name` is one of a weight: not the text about the file, nor what a checkpoint holds besides.
const fn is_weight(name: &[u8]) -> bool {
    !equal(name, b"__metadata__") && !matches!(name, [first, ..] if *first == OTHER as u8)
}

/// The weight called `name` of a tree whose weights begin at `at`: where it begins, and what it is.
const fn find<'t>(tree: &'t Tree, name: &[u8], at: usize) -> Option<(usize, &'t WeightSpec)> {
    let mut i = 0;
    while i < tree.own.len() {
        let spec = &tree.own[i];
        if spec.shape.is_ok() && equal(spec.name.as_bytes(), name) {
            return Some((at + tree.own_offset(i), spec));
        }
        i += 1;
    }
    i = 0;
    while i < tree.nested.len() {
        let (layer, inner) = tree.nested[i];
        if let Some(rest) = below(name, layer.as_bytes())
            && let Some(found) = find(inner, rest, at + tree.nested_offset(i))
        {
            return Some(found);
        }
        i += 1;
    }
    None
}

/// What follows `layer/` in `name`.
const fn below<'n>(name: &'n [u8], layer: &[u8]) -> Option<&'n [u8]> {
    if name.len() <= layer.len() {
        return None;
    }
    let (front, rest) = name.split_at(layer.len());
    match rest {
        [b'/', rest @ ..] if equal(front, layer) => Some(rest),
        _ => None,
    }
}

/// The first weight that was not seen.
const fn missing(tree: &Tree, seen: &[bool], at: usize, path: Message) -> Option<Message> {
    let mut i = 0;
    while i < tree.own.len() {
        let spec = &tree.own[i];
        if !spec.shape.is_empty() && spec.shape.is_ok() && !seen[at + tree.own_offset(i)] {
            let message = Message::new("the file holds no weight `").str(path.as_str());
            let message = message.str(spec.name).str("`, which is ").inferred(&spec.shape);
            return Some(message.str(" in the model"));
        }
        i += 1;
    }
    i = 0;
    while i < tree.nested.len() {
        let (layer, inner) = tree.nested[i];
        let path = path.str(layer).str("/");
        if let Some(message) = missing(inner, seen, at + tree.nested_offset(i), path) {
            return Some(message);
        }
        i += 1;
    }
    None
}

/// A tensor in a file.
struct Entry<'f> {
    name: &'f [u8],
    dtype: &'f [u8],
    sizes: [usize; MAX_RANK],
    rank: usize,
    from: usize,
    to: usize,
}

impl Entry<'_> {
    /// Copies the numbers to where those of the weight `spec` are.
    const fn copy(&self, spec: &WeightSpec, data: &[u8], to: &mut [f32]) -> Result<(), Message> {
        if !self.fits(&spec.shape) {
            let message = Message::new("the weight `").bytes(self.name).str("` is ");
            let message = message.inferred(&spec.shape).str(" in the model, and ");
            return Err(message.shape(&self.shape()).str(" in the file"));
        }
        let size = if equal(self.dtype, b"F32") {
            4
        } else if equal(self.dtype, b"F64") {
            8
        } else {
            let message = Message::new("the weight `").bytes(self.name).str("` is ");
            return Err(message.bytes(self.dtype).str(" in the file; it can be F32 or F64"));
        };
        if self.from > self.to || self.to > data.len() || self.to - self.from != size * to.len() {
            let message = Message::new("the file does not hold all numbers of the weight `");
            return Err(message.bytes(self.name).str("`"));
        }
        let bytes = data.split_at(self.from).1.split_at(self.to - self.from).0;
        if size == 4 {
            single(bytes, to)
        } else {
            double(bytes, to)
        }
        Ok(())
    }

    const fn fits(&self, shape: &Inferred) -> bool {
        let shape = shape.get();
        let mut same = self.rank == shape.rank();
        let mut axis = 0;
        while same && axis < self.rank {
            same = self.sizes[axis] == shape.size(axis);
            axis += 1;
        }
        same
    }

    const fn shape(&self) -> Shape {
        let (mut dims, mut axis) = ([Dim::of(0); MAX_RANK], 0);
        while axis < self.rank {
            dims[axis] = Dim::of(self.sizes[axis]);
            axis += 1;
        }
        Shape::of(dims.split_at(self.rank).0)
    }
}

/// The bytes of F32 numbers as numbers: at once, for rustc counts the steps of const code.
const fn single(bytes: &[u8], to: &mut [f32]) {
    assert!(bytes.len() == 4 * to.len());
    // SAFETY: as many bytes are read as there are, and as many written; any bytes are an `f32`.
    unsafe { core::ptr::copy_nonoverlapping(bytes.as_ptr(), to.as_mut_ptr().cast(), bytes.len()) };
    let mut i = 0;
    while cfg!(target_endian = "big") && i < to.len() {
        to[i] = f32::from_bits(to[i].to_bits().swap_bytes());
        i += 1;
    }
}

const fn double(bytes: &[u8], to: &mut [f32]) {
    let (chunks, mut i) = (bytes.as_chunks::<8>().0, 0);
    while i < chunks.len() && i < to.len() {
        to[i] = f64::from_le_bytes(chunks[i]) as f32;
        i += 1;
    }
}

/// A JSON text that is read from the front.
struct Json<'f> {
    text: &'f [u8],
    at: usize,
}

impl<'f> Json<'f> {
    const fn peek(&mut self) -> Option<u8> {
        while self.at < self.text.len() && self.text[self.at].is_ascii_whitespace() {
            self.at += 1;
        }
        if self.at < self.text.len() { Some(self.text[self.at]) } else { None }
    }

    /// Goes behind `byte`, if it comes next.
    const fn eat(&mut self, byte: u8) -> bool {
        let found = matches!(self.peek(), Some(next) if next == byte);
        self.at += found as usize;
        found
    }

    /// A string, as it is written: the names of weights need no escapes.
    const fn string(&mut self) -> Option<&'f [u8]> {
        if !self.eat(b'"') {
            return None;
        }
        let start = self.at;
        while self.at < self.text.len() && self.text[self.at] != b'"' {
            self.at += 1 + (self.text[self.at] == b'\\') as usize;
        }
        if self.at >= self.text.len() {
            return None;
        }
        self.at += 1;
        Some(self.text.split_at(start).1.split_at(self.at - 1 - start).0)
    }

    /// A string and the colon behind it.
    const fn key(&mut self) -> Option<&'f [u8]> {
        let key = self.string();
        if self.eat(b':') { key } else { None }
    }

    const fn number(&mut self) -> Option<usize> {
        let (mut number, mut any) = (0usize, false);
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            number = match number.checked_mul(10) {
                Some(number) => number.saturating_add((digit - b'0') as usize),
                None => return None,
            };
            (self.at, any) = (self.at + 1, true);
        }
        if any { Some(number) } else { None }
    }

    /// Numbers in brackets: those that there is room for, and how many.
    const fn numbers<const N: usize>(&mut self) -> Option<([usize; N], usize)> {
        let (mut all, mut count) = ([0; N], 0);
        if !self.eat(b'[') {
            return None;
        }
        if self.eat(b']') {
            return Some((all, 0));
        }
        loop {
            match self.number() {
                Some(number) if count < N => all[count] = number,
                _ => return None,
            }
            count += 1;
            if !self.eat(b',') {
                return if self.eat(b']') { Some((all, count)) } else { None };
            }
        }
    }

    /// Goes behind a value of any kind.
    const fn skip_value(&mut self) {
        let mut depth = 0;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    if self.string().is_none() {
                        return;
                    }
                }
                b',' if depth == 0 => return,
                b'}' | b']' if depth == 0 => return,
                _ => {
                    depth += matches!(byte, b'{' | b'[') as usize;
                    depth -= matches!(byte, b'}' | b']') as usize;
                    self.at += 1;
                }
            }
        }
    }

    /// The entry of a tensor.
    const fn entry(&mut self, name: &'f [u8]) -> Result<Entry<'f>, Message> {
        let wrong = broken("the entry `").bytes(name).str("` of its header cannot be read");
        let (mut dtype, mut shape, mut offsets) = (None, None, None);
        let mut more = self.eat(b'{');
        while more {
            match self.key() {
                Some(b"dtype") => dtype = self.string(),
                Some(b"shape") => shape = self.numbers::<MAX_RANK>(),
                Some(b"data_offsets") => offsets = self.numbers::<2>(),
                Some(_) => self.skip_value(),
                None => return Err(wrong),
            }
            more = self.eat(b',');
        }
        match (dtype, shape, offsets, self.eat(b'}')) {
            (Some(dtype), Some((sizes, rank)), Some(([from, to], 2)), true) => {
                Ok(Entry { name, dtype, sizes, rank, from, to })
            }
            _ => Err(wrong),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::format;
    use std::string::{String, ToString};
    use std::vec::Vec;

    use super::*;
    use crate::weights::Initializer;

    const fn spec(name: &'static str, sizes: &[Dim]) -> WeightSpec {
        WeightSpec {
            name,
            shape: Inferred::shape(sizes),
            initializer: Initializer::Constant(0.0),
            trainable: true,
            updated: false,
            regularizer: None,
            constraint: None,
        }
    }

    const TREE: Tree = Tree::new(
        &[spec("scale", &[])],
        &[(
            "dense",
            &Tree::new(
                &[spec("kernel", &[Dim::of(2), Dim::of(1)]), spec("bias", &[Dim::of(1)])],
                &[],
            ),
        )],
    );

    fn file(header: &str, data: &[u8]) -> Vec<u8> {
        let len = (header.len() as u64).to_le_bytes();
        [&len, header.as_bytes(), data].concat()
    }

    fn entry(name: &str, shape: &str, from: usize, to: usize) -> String {
        format!(r#""{name}": {{"dtype":"F32","shape":[{shape}],"data_offsets":[{from}, {to}]}}"#)
    }

    fn numbers(count: u8) -> Vec<u8> {
        (1..=count).flat_map(|i| f32::from(i).to_le_bytes()).collect()
    }

    fn entries() -> [String; 3] {
        [
            entry("dense/bias", "1", 0, 4),
            entry("dense/kernel", "2, 1", 4, 12),
            entry("scale", "", 12, 16),
        ]
    }

    fn error(file: &[u8]) -> String {
        parse::<4>(file, &TREE).unwrap_err().as_str().to_string()
    }

    #[test]
    fn weights_come_in_the_order_of_the_model_whatever_that_of_the_file_is() {
        let [bias, kernel, scale] = entries();
        let text = r#""__metadata__": {"a": "},{\"[", "b": [1, {"c": 2}]}"#;
        let other =
            format!(r#""{OTHER}step": {{"dtype":"I64","shape":[],"data_offsets":[16,24]}}"#);
        let header = format!("{{{text}, {bias},{other} ,{kernel}, {scale} }} ");
        let read = parse::<4>(&file(&header, &numbers(6)), &TREE).unwrap();
        assert_eq!(read, [4., 2., 3., 1.]);
    }

    #[cfg(feature = "std")]
    #[test]
    fn a_library_writes_what_is_read() {
        let data = numbers(4);
        let tensor = |shape: &[usize], from: usize, to: usize| {
            safetensors::tensor::TensorView::new(
                safetensors::Dtype::F32,
                shape.to_vec(),
                &data[from..to],
            )
            .unwrap()
        };
        let all = [
            ("dense/kernel", tensor(&[2, 1], 0, 8)),
            ("dense/bias", tensor(&[1], 8, 12)),
            ("scale", tensor(&[], 12, 16)),
        ];
        let file = safetensors::serialize(all, None).unwrap();
        assert_eq!(parse::<4>(&file, &TREE).unwrap(), [4., 1., 2., 3.]);
    }

    #[test]
    fn numbers_of_twice_the_width_are_rounded() {
        let header = r#"{"scale":{"shape":[],"dtype":"F64","data_offsets":[0,8]}}"#;
        const SCALE: Tree = Tree::new(&[spec("scale", &[])], &[]);
        let read = parse::<1>(&file(header, &0.1f64.to_le_bytes()), &SCALE).unwrap();
        assert_eq!(read, [0.1]);
    }

    #[test]
    fn errors_name_the_weight_and_both_shapes() {
        let [bias, kernel, scale] = entries();
        let of =
            |entries: &[&str]| error(&file(&format!("{{{}}}", entries.join(",")), &numbers(4)));
        assert_eq!(
            of(&[&bias, &scale]),
            "the file holds no weight `dense/kernel`, which is [2, 1] in the model"
        );
        assert_eq!(
            of(&[&bias, &entry("dense/kernel", "1, 2", 4, 12), &scale]),
            "the weight `dense/kernel` is [2, 1] in the model, and [1, 2] in the file"
        );
        assert_eq!(
            of(&[&bias, &kernel, &scale, &entry("head/kernel", "1", 0, 4)]),
            "the file holds a weight `head/kernel`, which the model does not have"
        );
        assert_eq!(
            of(&[&bias, &kernel, &entry("scale", "", 12, 20)]),
            "the file does not hold all numbers of the weight `scale`"
        );
        assert_eq!(
            of(&[&bias, &kernel, &scale.replace("F32", "I8")]),
            "the weight `scale` is I8 in the file; it can be F32 or F64"
        );
        assert_eq!(
            of(&[&scale.replace("[12, 16]", "[12]")]),
            "this is no whole safetensors file: the entry `scale` of its header cannot be read"
        );
        assert_eq!(error(b"{}"), "this is no whole safetensors file: it is shorter than 8 bytes");
        assert_eq!(
            error(&file("{}", &[])[..9]),
            "this is no whole safetensors file: it ends before its header does"
        );
        assert_eq!(
            error(&file("what?", &[])),
            "this is no whole safetensors file: its header is no JSON object"
        );
    }

    #[test]
    fn no_part_of_a_file_is_read_and_none_makes_a_panic() {
        let whole = file(&format!("{{{}}}", entries().join(",")), &numbers(4));
        assert!(parse::<4>(&whole, &TREE).is_ok());
        for end in 0..whole.len() {
            assert!(parse::<4>(&whole[..end], &TREE).is_err(), "{end}");
        }
        for at in 0..whole.len() {
            for byte in [0, b'"', b'\\', b'{', b'}', b'[', b',', b'9', 255] {
                let mut other = whole.clone();
                other[at] = byte;
                let _ = parse::<4>(&other, &TREE);
            }
        }
    }
}
