//! `sin` and `cos` of all `f32`.
//!
//! **Reduction.** What counts of `x` is `x·2/π` modulo 4: the quadrant, and a fraction of it. Both come from one product in
//! integers, as Payne and Hanek (1983) do it for huge arguments: `x` is an integer of 24 bits times `2ᵉ`, and of the bits of
//! 2/π only a window of 96 that `e` chooses has a part in the product that is not a multiple of 4 or too small. The fraction
//! has 62 bits; no `f32` is nearer to a multiple of π/2 than 2⁻³⁰ of a quadrant, so at least 31 of them count.
//!
//! The same way is gone for small `x`. The usual one for these (Cody, Waite) takes half of the time, but with both of them a
//! loop either branches, and then does not vectorise, or computes both. So it is 1.4 ns a number with AVX-512, whatever the
//! number. The window is chosen by comparisons instead of from a table, because vector loads from a table cost more.
//!
//! **Polynomial.** The fraction `f` of a quadrant is from −½ to ½, and is what the polynomials speak of: so it is multiplied
//! by π/2 nowhere, which would round. `sin(π/2·f) = f + f·S(f²)`, `cos(π/2·f) = 1 + f²·C(f²)`: minimax fits with relative
//! errors of 2⁻²⁶·⁶ and 2⁻³¹. They have one form, so one is computed, with the coefficients of the one that is needed.

use super::{INFINITE, SIGN, choose, magnitude, polynomial};

/// Below 2⁻¹² the sine is `x` and the cosine 1.
const TINY: u32 = (1f32 / 4096.0).to_bits();

/// The bits of 2/π behind its point, behind 56 zeros.
const BITS: [u32; 8] = [
    0x0000_0000,
    0x0000_00A2,
    0xF983_6E4E,
    0x4415_29FC,
    0x2757_D1F5,
    0x34DD_C0DB,
    0x6295_993C,
    0x4390_41FE,
];

/// The 96 bits of [`BITS`] from bit `exponent − 96` on, for exponents from 96 on.
#[inline(always)]
fn window(exponent: u32) -> [u32; 3] {
    let [b0, b1, b2, b3, b4, b5, b6, b7] = BITS;
    let (odd, second, last) = (exponent & 32 == 0, exponent >= 160, exponent >= 224);
    let (w0, w1) = (choose(odd, b1, b0), choose(odd, b2, b1));
    let (w2, w3) = (choose(odd, b3, b2), choose(odd, b4, b3));
    let (w4, w5) = (choose(odd, b5, b4), choose(odd, b6, b5));
    let w0 = choose(last, b4, choose(second, w2, w0));
    let w1 = choose(last, b5, choose(second, w3, w1));
    let w2 = choose(last, b6, choose(second, w4, w2));
    let w3 = choose(last, b7, choose(second, w5, w3));
    let shift = exponent & 31;
    // Two shifts, since one by 32 is none.
    let word = |a: u32, b: u32| (a << shift) | ((b >> 1) >> (31 - shift));
    [word(w0, w1), word(w1, w2), word(w2, w3)]
}

/// The upper and the lower half of a word.
#[inline(always)]
fn halves(x: u32) -> (u32, u32) {
    (x >> 16, x & 0xFFFF)
}

/// The upper word of `m·w`, for an `m` of 24 bits.
///
/// Of products of halves: a loop with products of 64 bits does not vectorise for Helium.
#[inline(always)]
fn upper(m: u32, w: u32) -> u32 {
    let ((m1, m0), (w1, w0)) = (halves(m), halves(w));
    let cross = m0.wrapping_mul(w1);
    let middle = (cross & 0xFFFF).wrapping_add(m1.wrapping_mul(w0));
    let middle = middle.wrapping_add(m0.wrapping_mul(w0) >> 16);
    m1.wrapping_mul(w1).wrapping_add(cross >> 16).wrapping_add(middle >> 16)
}

/// The same, or up to 2 less.
#[inline(always)]
fn nearly_upper(m: u32, w: u32) -> u32 {
    let ((m1, m0), (w1, w0)) = (halves(m), halves(w));
    let middle = (m0.wrapping_mul(w1) >> 16).wrapping_add(m1.wrapping_mul(w0) >> 16);
    m1.wrapping_mul(w1).wrapping_add(middle)
}

/// A number as a quadrant and a fraction of one, from −½ to ½: `x = π/2·(quadrant + high + low)`.
struct Reduced {
    quadrant: u32,
    /// The nearest multiple of 2⁻²⁴, exactly.
    high: f32,
    /// What is left of it: 32 bits, of which the first is the sign.
    low: f32,
}

impl Reduced {
    /// For the bits of a finite `|x|` of at least 2⁻³¹.
    #[inline(always)]
    fn of(size: u32) -> Self {
        let m = (size & 0x007F_FFFF) | 0x0080_0000;
        let [a, b, c] = window(size >> 23);
        // m·(a, b, c) modulo 2⁹⁶, without its last word. The first two bits are the quadrant, the others the fraction.
        let carry = nearly_upper(m, c);
        let second = m.wrapping_mul(b).wrapping_add(carry);
        let first = m.wrapping_mul(a).wrapping_add(upper(m, b));
        let first = first.wrapping_add(choose(second < carry, 1, 0));
        // A fraction from ½ on is one below 0 of the next quadrant.
        let quadrant = first.wrapping_add(1 << 29) >> 30;
        let fraction = (first << 2) | (second >> 30);
        // To the nearest, so that the two never cancel: next to 0 all is in `low`.
        let high = (fraction & !0xFF) as i32 as f32 * (1.0 / 4_294_967_296.0);
        let high = high + choose(fraction & 0x80 == 0, 0.0, 1.0 / 16_777_216.0);
        let low = (fraction << 24) | ((second << 2) >> 8);
        let low = low as i32 as f32 * (1.0 / 72_057_594_037_927_936.0);
        Reduced { quadrant, high, low }
    }

    /// The sine of `x`, and of `x + π/2` where `quadrant` is one more.
    #[inline(always)]
    fn sine(&self) -> f32 {
        let even = self.quadrant & 1 == 0;
        let f = self.high + self.low;
        let square = f * f;
        let p = polynomial!(
            square;
            choose(even, 0.570_796_3, -1.233_700_5),
            choose(even, -0.645_962_6, 0.253_668_55),
            choose(even, 0.079_670_21, -0.020_855_596),
            choose(even, -4.574_431_6e-3, 8.944_864e-4),
        );
        let y = choose(even, f, square) * p + choose(even, self.low, 0.0);
        let y = y + choose(even, self.high, 1.0);
        // The third and the fourth quadrant are the first two, negative.
        f32::from_bits(y.to_bits() ^ ((self.quadrant & 2) << 30))
    }
}

/// The sine of `x` radians: at most 1.7 ulp; NaN of infinities.
#[inline(always)]
pub(crate) fn sin(x: f32) -> f32 {
    let size = magnitude(x);
    let y = Reduced::of(size).sine();
    let y = f32::from_bits(y.to_bits() ^ (x.to_bits() & SIGN));
    let y = choose(size < TINY, x, y);
    choose(size < INFINITE, y, f32::NAN)
}

/// The cosine of `x` radians: at most 1.7 ulp; NaN of infinities.
#[inline(always)]
pub(crate) fn cos(x: f32) -> f32 {
    let size = magnitude(x);
    let reduced = Reduced::of(size);
    let y = Reduced { quadrant: reduced.quadrant.wrapping_add(1), ..reduced }.sine();
    let y = choose(size < TINY, 1.0, y);
    choose(size < INFINITE, y, f32::NAN)
}
