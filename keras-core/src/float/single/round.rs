//! `floor` and `round`, on the bits: exact.

use super::{ONE, SIGN, choose, magnitude};

/// The bits of 2²³: from here on every number is an integer.
const INTEGERS: u32 = 8_388_608f32.to_bits();

/// The bits of a number from 1 to 2²³ that stand behind its point, as how many there are and as a mask.
#[inline(always)]
fn behind_the_point(size: u32) -> (u32, u32) {
    let count = 150u32.wrapping_sub(size >> 23);
    (count, 1u32.wrapping_shl(count).wrapping_sub(1))
}

/// `whole` from 1 to 2²³, `tiny` below, the number itself above.
#[inline(always)]
fn by_size(bits: u32, tiny: u32, whole: u32) -> f32 {
    let size = bits & !SIGN;
    let y = choose(size < ONE, tiny, whole);
    f32::from_bits(choose(size < INTEGERS, y, bits))
}

/// The largest integer that is not above `x`.
#[inline(always)]
pub(crate) fn floor(x: f32) -> f32 {
    let bits = x.to_bits();
    let (_, mask) = behind_the_point(magnitude(x));
    // The magnitude of a negative number is rounded up: a carry into the exponent is what it should be.
    let up = mask & (bits as i32 >> 31) as u32;
    let tiny = choose(bits > SIGN, ONE | SIGN, bits & SIGN);
    by_size(bits, tiny, bits.wrapping_add(up) & !mask)
}

/// The nearest integer, halves to the even one.
#[inline(always)]
pub(crate) fn round(x: f32) -> f32 {
    let (bits, size) = (x.to_bits(), magnitude(x));
    let (count, mask) = behind_the_point(size);
    let odd = bits.wrapping_shr(count) & 1;
    let whole = bits.wrapping_add(mask >> 1).wrapping_add(odd) & !mask;
    let one = choose(size > 0.5f32.to_bits(), ONE, 0);
    by_size(bits, one | bits & SIGN, whole)
}
