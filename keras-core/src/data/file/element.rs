//! The types of numbers in files.

use crate::float::Float;

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub kind: Kind,
    /// Whether its first byte is the most significant one.
    pub big: bool,
}

macro_rules! kinds {
    ($($kind:ident $type:ty: $number:expr),* $(,)?) => {
        /// A type of numbers.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Kind { $($kind),* }

        impl Element {
            /// The bytes of a number.
            pub(super) fn size(self) -> usize {
                match self.kind { $(Kind::$kind => size_of::<$type>()),* }
            }

            /// The numbers that are in `bytes`, times `scale`.
            pub(super) fn read<F: Float>(self, bytes: &[u8], scale: f64, out: &mut [F]) {
                match self.kind {
                    $(Kind::$kind => each(bytes, self.big, out, |bytes| {
                        let number: fn($type) -> f64 = $number;
                        number(<$type>::from_le_bytes(bytes)) * scale
                    }),)*
                }
            }
        }
    };
}
kinds! {
    Bool u8: |x| f64::from(u8::from(x != 0)),
    U8 u8: |x| x.into(),
    I8 i8: |x| x.into(),
    U16 u16: |x| x.into(),
    I16 i16: |x| x.into(),
    U32 u32: |x| x.into(),
    I32 i32: |x| x.into(),
    U64 u64: |x| x as f64,
    I64 i64: |x| x as f64,
    F16 u16: half,
    F32 f32: |x| x.into(),
    F64 f64: |x| x,
}

fn each<F: Float, const N: usize>(
    bytes: &[u8],
    big: bool,
    out: &mut [F],
    number: impl Fn([u8; N]) -> f64,
) {
    for (bytes, out) in bytes.as_chunks().0.iter().zip(out) {
        let mut bytes = *bytes;
        if big {
            bytes.reverse();
        }
        *out = F::of(number(bytes));
    }
}

/// The number with the bits of an IEEE 754 half: a sign, 5 bits of exponent, 10 of fraction.
fn half(bits: u16) -> f64 {
    let (exponent, fraction) = (i32::from(bits >> 10 & 31), f64::from(bits & 1023) / 1024.0);
    let magnitude = match exponent {
        0 => fraction * 2f64.powi(-14),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1.0 + fraction) * 2f64.powi(exponent - 15),
    };
    if bits >> 15 == 1 { -magnitude } else { magnitude }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_those_of_the_standard() {
        let known = [
            (0x3C00, 1.0),
            (0xC000, -2.0),
            (0x7BFF, 65504.0),
            (0x0001, 2f64.powi(-24)),
            (0x0400, 2f64.powi(-14)),
            (0x3555, 0.333251953125),
            (0xFC00, f64::NEG_INFINITY),
        ];
        for (bits, number) in known {
            assert_eq!(half(bits), number, "{bits:x}");
        }
        assert!(half(0x7E00).is_nan());
    }

    #[test]
    fn both_orders_of_bytes_are_read() {
        let mut out = [0.0f32; 2];
        let element = |big| Element { kind: Kind::I16, big };
        element(true).read(&[0xFF, 0xFE, 1, 0], 1.0, &mut out);
        assert_eq!(out, [-2.0, 256.0]);
        element(false).read(&[0xFE, 0xFF, 1, 0], 0.5, &mut out);
        assert_eq!(out, [-1.0, 0.5]);
    }
}
