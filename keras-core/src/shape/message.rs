//! Text built in const code: the sentences of shape errors.

use super::{Dim, Dtype, Fault, Inferred, Shape};

const CAPACITY: usize = 384;

/// An error sentence, built while rustc evaluates constants. Longer texts are cut at 384 bytes.
#[derive(Clone, Copy)]
pub struct Message {
    text: [u8; CAPACITY],
    len: usize,
    placed: bool,
}

impl core::fmt::Debug for Message {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Message {
    /// A message that begins with `text`.
    pub const fn new(text: &str) -> Self {
        Message { text: [0; CAPACITY], len: 0, placed: false }.str(text)
    }

    /// Appends `text`.
    pub const fn str(mut self, text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut i = 0;
        while i < bytes.len() && self.len < CAPACITY {
            self.text[self.len] = bytes[i];
            self.len += 1;
            i += 1;
        }
        self
    }

    /// Appends a number.
    pub const fn num(self, number: usize) -> Self {
        let mut digits = [0u8; 20];
        let mut at = digits.len();
        let mut rest = number;
        loop {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        match core::str::from_utf8(digits.split_at(at).1) {
            Ok(text) => self.str(text),
            Err(_) => self,
        }
    }

    /// Appends a signed number.
    pub const fn int(self, number: isize) -> Self {
        let sign = if number < 0 { "-" } else { "" };
        self.str(sign).num(number.unsigned_abs())
    }

    /// Appends a dim as `64` or `n = 64`, one that has no size as the arithmetic that gave none: `10 - 12`.
    pub const fn dim(self, dim: Dim) -> Self {
        let named = if dim.name().is_empty() { self } else { self.str(dim.name()).str(" = ") };
        match dim.fault() {
            None => named.num(dim.get()),
            Some(Fault::Overflow(a, sign, b)) => named.num(a).str(sign).num(b),
            Some(Fault::Negative(a, b)) => named.num(a).str(" - ").num(b),
            Some(Fault::DivisionByZero(a)) => named.num(a).str(" / 0"),
            Some(Fault::Poisoned) => named.str("?"),
        }
    }

    /// Appends a shape as `[28, n = 10]`.
    pub const fn shape(self, shape: &Shape) -> Self {
        let kind = match shape.dtype() {
            Dtype::Float => "",
            Dtype::Int { .. } => "integers ",
            Dtype::Bool => "booleans ",
        };
        let mut message = self.str(kind).str("[");
        let mut i = 0;
        while i < shape.rank() {
            message = message.str(if i > 0 { ", " } else { "" }).dim(shape.dim(i));
            i += 1;
        }
        message.str("]")
    }

    /// Appends a shape, or `none`.
    pub const fn inferred(self, value: &Inferred) -> Self {
        match value {
            Inferred::Ok(shape) => self.shape(shape),
            _ => self.str("none"),
        }
    }

    /// Appends the place in the source, once: the innermost one stays.
    pub const fn at(self, place: &str) -> Self {
        if self.placed || place.is_empty() {
            return self;
        }
        let mut message = self.str(" (").str(place).str(")");
        message.placed = true;
        message
    }

    /// The text so far.
    pub const fn as_str(&self) -> &str {
        let mut end = self.len;
        // A cut in the middle of a character steps back to its first byte.
        while end > 0 && end < CAPACITY && self.text[end] & 0xC0 == 0x80 {
            end -= 1;
        }
        match core::str::from_utf8(self.text.split_at(end).0) {
            Ok(text) => text,
            Err(_) => "an error whose text is too long",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_reads_as_a_sentence() {
        let shape = Shape::of(&[Dim::of(28), Dim::of(10).named("n")]);
        let text = Message::new("found ").shape(&shape).str(", expected ").int(-3);
        assert_eq!(
            text.at("a.rs:1:2").at("b.rs:3:4").as_str(),
            "found [28, n = 10], expected -3 (a.rs:1:2)"
        );
        assert_eq!(Message::new("").num(usize::MAX).as_str(), "18446744073709551615");
    }

    #[test]
    fn a_long_message_is_cut() {
        let long = Message::new(core::str::from_utf8(&[b'a'; 500]).unwrap());
        assert_eq!(long.as_str().len(), CAPACITY);
    }
}
