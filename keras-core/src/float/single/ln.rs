//! Logarithms: `ln`, `ln_1p`, and `softplus`, which is one of a sum.

use super::{INFINITE, LN_2_HI, LN_2_LO, NORMAL, choose, exp, polynomial, power_of_two};

/// `e` and `f` of `x = 2ᵉ·(1 + f)`, where `√½ ≤ 1 + f < √2`, for the bits of a positive normal number.
#[inline(always)]
fn split(bits: u32) -> (i32, f32) {
    // Counted from the bits of √½, the exponent field is e and what is below it belongs to f.
    let e = (bits.wrapping_sub(core::f32::consts::FRAC_1_SQRT_2.to_bits()) as i32) >> 23;
    (e, f32::from_bits(bits.wrapping_sub((e << 23) as u32)) - 1.0)
}

/// `e·ln 2 + ln(1 + f) + more`, where `more` is less than the rounding of `f`.
///
/// `ln(1 + f) = f + f²·P(f)`, where `P` is a minimax fit on `√½ ≤ 1 + f ≤ √2` with a relative error of 2⁻²⁴·⁸.
#[inline(always)]
fn sum(e: f32, f: f32, more: f32) -> f32 {
    let p = polynomial!(
        f;
        -0.5,
        0.333_339_1, -0.250_013_38, 0.199_630_65, -0.165_775_87, 0.149_147_6, -0.142_674_73, 0.087_004_386
    );
    e * LN_2_HI + (f + (p * (f * f) + more))
}

/// The logarithm of a number with the bits `bits`, which is `y` if they are those of a positive finite one.
#[inline(always)]
fn with_ends(bits: u32, y: f32) -> f32 {
    let y = choose(bits < INFINITE, y, f32::INFINITY);
    let y = choose(bits > INFINITE, f32::NAN, y);
    choose(bits << 1 == 0, f32::NEG_INFINITY, y)
}

/// `ln(x) = e·ln 2 + ln(1 + f)`: −∞ at 0, NaN below; at most 1.3 ulp; never falls where `x` rises.
#[inline(always)]
pub(crate) fn ln(x: f32) -> f32 {
    let bits = x.to_bits();
    // The bits of a subnormal number are an integer, which is 2¹⁴⁹ times that number.
    let subnormal = bits < NORMAL;
    let normal = choose(subnormal, (bits as i32 as f32).to_bits(), bits);
    let (e, f) = split(normal);
    let e = e.wrapping_sub(choose(subnormal, 149, 0)) as f32;
    with_ends(bits, sum(e, f, e * LN_2_LO))
}

/// `ln(1 + x)`: −∞ at −1, NaN below; at most 1.5 ulp, exact for tiny `x`; never falls where `x` rises.
///
/// With `1 + x = 2ᵉ·(1 + f)` up to what the rounding of that sum lost: this divided by `1 + x`, to first order in `f`, is
/// added to the logarithm.
#[inline(always)]
pub(crate) fn ln_1p(x: f32) -> f32 {
    let u = 1.0 + x;
    let (e, f) = split(u.to_bits());
    // Above 2¹²⁶ nothing that counts is lost.
    let lost = (x - (u - 1.0)) * power_of_two(e.min(126).wrapping_neg());
    let e = e as f32;
    let y = sum(e, f, e * LN_2_LO + (lost - lost * f));
    // The sign of a zero.
    with_ends(u.to_bits(), y).copysign(x)
}

/// `ln(1 + exp(x)) = max(x, 0) + ln(1 + e)` with `e = exp(−|x|)`: does not overflow; at most 1.8 ulp. It may
/// fall by an ulp where `x` rises.
///
/// Up to ½, `f` is `e`; above, `1 + e = 2·(1 + f)` with an `f = (e − 1)/2` that is exact. `ln(1 + f) = f + f²·P(f)`, where
/// `P` is a minimax fit on `−¼ ≤ f ≤ ½` with a relative error of 2⁻²⁶·⁹.
#[inline(always)]
pub(crate) fn softplus(x: f32) -> f32 {
    let e = exp(-x.abs());
    let small = e.to_bits() < 0.5f32.to_bits();
    let f = choose(small, e, (e - 1.0) * 0.5);
    let p = polynomial!(
        f;
        -0.5,
        0.333_334_54, -0.250_000_54, 0.199_906_07, -0.166_477_7, 0.144_820_68, -0.131_622_18, 0.104_482_72, -0.044_909_097
    );
    let y = choose(small, 0.0, core::f32::consts::LN_2) + (f + p * (f * f));
    y + choose(x.is_sign_negative(), 0.0, x)
}
