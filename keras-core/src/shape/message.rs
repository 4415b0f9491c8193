//! Text built in const code: the sentences of shape errors.

use super::{Dim, Dtype, Fault, Inferred, Shape};

const CAPACITY: usize = 512;

/// An error, built while rustc evaluates constants: a sentence with both shapes, lines that begin with `note:`, and a `help`.
/// Longer texts are cut at 512 bytes.
#[derive(Clone, Copy)]
pub struct Message {
    text: [u8; CAPACITY],
    len: usize,
    placed: bool,
    alone: bool,
    help: &'static str,
}

/// A value with a name that something wrong was made of.
#[derive(Clone, Copy, Debug)]
pub struct Cause<'a> {
    name: &'a str,
    shape: Inferred,
    line: u32,
}

impl<'a> Cause<'a> {
    /// The value `name`, which has this shape by what stands on this line.
    pub const fn new(name: &'a str, shape: Inferred, line: u32) -> Self {
        Cause { name, shape, line }
    }
}

impl core::fmt::Debug for Message {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Message {
    /// A message that begins with `text`.
    pub const fn new(text: &str) -> Self {
        Message { text: [0; CAPACITY], len: 0, placed: false, alone: false, help: "" }.str(text)
    }

    /// An argument out of its range: "`rate` is between 0 and 1, found 1.5".
    pub const fn argument(name: &str, rule: &str, found: f64) -> Self {
        Message::new("`").str(name).str("` ").str(rule).str(", found ").float(found).alone()
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

    /// Appends bytes that should be text.
    pub const fn bytes(self, bytes: &[u8]) -> Self {
        match core::str::from_utf8(bytes) {
            Ok(text) => self.str(text),
            Err(_) => self.str("?"),
        }
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

    /// Appends a number such as a rate, to nine decimals.
    pub const fn float(self, number: f64) -> Self {
        if number.is_nan() {
            return self.str("NaN");
        }
        let message = self.str(if number < 0.0 { "-" } else { "" });
        let size = number.abs();
        if size >= 1e18 {
            return message.str("infinity");
        }
        let (mut whole, mut decimals) = (size as u64, 9);
        let mut rest = ((size - whole as f64) * 1e9 + 0.5) as u64;
        if rest >= 1_000_000_000 {
            (whole, rest) = (whole + 1, 0);
        }
        let mut message = message.num(whole as usize).str(if rest > 0 { "." } else { "" });
        while rest > 0 {
            decimals -= 1;
            let unit = 10u64.pow(decimals);
            message = message.num((rest / unit) as usize);
            rest %= unit;
        }
        message
    }

    /// Appends a dim as `64` or `n = 64`, one that has no size as the arithmetic that gave none: `10 - 12`, and one whose size
    /// stands for any as `n`.
    pub const fn dim(self, dim: Dim) -> Self {
        if dim.is_open() {
            return self.str(if dim.name().is_empty() { "…" } else { dim.name() });
        }
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

    /// Says what to do: the smallest repair. The first one stays.
    pub const fn help(mut self, help: &'static str) -> Self {
        if self.help.is_empty() {
            self.help = help;
        }
        self
    }

    /// Says that the shapes of the operands have nothing to do with it.
    pub const fn alone(mut self) -> Self {
        self.alone = true;
        self
    }

    /// Begins a line that says where the cause lies.
    pub const fn note(self) -> Self {
        self.str("\nnote: ")
    }

    /// The same message of a part of what `who` names.
    pub const fn of(self, who: &str) -> Self {
        let mut message = Message::new(who).str(": ").str(self.as_str());
        (message.placed, message.alone) = (self.placed, self.alone);
        message.help = self.help;
        message
    }

    /// Notes the place in the source, once: the innermost one stays. `place` is a module, a space, and where in its file;
    /// the library's own modules are not noted, since they are not for the user to mend.
    pub const fn at(self, place: &str) -> Self {
        let Some((module, place)) = cut(place, b' ') else { return self };
        if self.placed || begins(module, "keras_core::") {
            return self;
        }
        let mut message = self.note().str("in the layer, at ").str(place);
        message.placed = true;
        message
    }

    /// Notes where the operands of what went wrong come from, where no other note was made.
    pub const fn because(self, causes: &[Cause]) -> Self {
        if self.placed || self.alone || causes.is_empty() {
            return self;
        }
        let (mut message, mut i) = (self.note(), 0);
        while i < causes.len() {
            let cause = &causes[i];
            message = message.str(if i > 0 { ", `" } else { "`" }).str(cause.name).str("` is ");
            message =
                message.inferred(&cause.shape).str(" (line ").num(cause.line as usize).str(")");
            i += 1;
        }
        message
    }

    /// The whole text in lines, as rustc prints it.
    pub const fn lines(self) -> Self {
        if self.help.is_empty() { self } else { self.str("\nhelp: ").str(self.help) }
    }

    /// The whole text in one line, for an error at run time.
    pub const fn line(self) -> Self {
        if self.help.is_empty() { self } else { self.str("; ").str(self.help) }
    }

    /// The text so far, without the help.
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

/// What stands before and behind the first `mark`.
const fn cut(text: &str, mark: u8) -> Option<(&str, &str)> {
    let mut i = 0;
    while i < text.len() {
        if text.as_bytes()[i] == mark {
            return Some((text.split_at(i).0, text.split_at(i + 1).1));
        }
        i += 1;
    }
    None
}

const fn begins(text: &str, with: &str) -> bool {
    let (text, with, mut i) = (text.as_bytes(), with.as_bytes(), 0);
    while i < with.len() {
        if i == text.len() || text[i] != with[i] {
            return false;
        }
        i += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_reads_as_a_sentence() {
        let shape = Shape::of(&[Dim::of(28), Dim::of(10).named("n")]);
        let text = Message::new("found ").shape(&shape).str(", expected ").int(-3).help("mend it");
        assert_eq!(text.line().as_str(), "found [28, n = 10], expected -3; mend it");
        assert_eq!(
            text.at("keras_core::layers c.rs:5:6")
                .at("m a.rs:1:2")
                .at("m b.rs:3:4")
                .of("dot")
                .lines()
                .as_str(),
            "dot: found [28, n = 10], expected -3\nnote: in the layer, at a.rs:1:2\nhelp: mend it"
        );
        assert_eq!(Message::new("").num(usize::MAX).as_str(), "18446744073709551615");
    }

    #[test]
    fn a_float_is_written_as_the_user_wrote_it() {
        let text = |number| Message::new("").float(number).as_str().to_owned();
        assert_eq!([1.5, -0.25, 0.0, 20.0].map(text), ["1.5", "-0.25", "0", "20"]);
        assert_eq!([0.1, 1e-9, 0.9999999999].map(text), ["0.1", "0.000000001", "1"]);
        assert_eq!([f64::NAN, f64::NEG_INFINITY].map(text), ["NaN", "-infinity"]);
    }

    #[test]
    fn a_long_message_is_cut() {
        let long = Message::new(core::str::from_utf8(&[b'a'; 600]).unwrap());
        assert_eq!(long.as_str().len(), CAPACITY);
    }
}
