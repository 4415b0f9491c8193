//! Functions of `f32`: our own, with the same bits on every target.
//!
//! * **No branches.** A condition chooses between two values that are both there, so that a loop over any of these functions
//!   vectorises (AVX2, AVX-512, Helium). Conditions compare bits, which costs no floating-point unit. Where a function has
//!   two formulas of one form, the coefficients are chosen, so that one polynomial is computed. Only the square root of
//!   targets that have no instruction for it branches.
//! * **A fixed order of sums**, no fused multiply-adds, no `f64` (which is software on most boards), nothing of `std` or
//!   libm but the correctly rounded square root of a host.
//! * **At most 2 ulp** over all 2³² bit patterns, where a result is not exact: `cargo bench --bench math` looks at all of
//!   them. Subnormal arguments and results are not flushed, but where a loop becomes vector instructions of Helium: these
//!   take every subnormal number for 0, in any arithmetic, so there only the bits of numbers above 2⁻¹⁰⁰ are the others'.
//!
//! Polynomials are minimax fits of our own (Remez' exchange, with weights such that the relative error of the result is
//! least); each says its interval and its error. What is left of the error is rounding.

mod checksum;
mod erf;
mod exp;
mod ln;
mod pow;
mod round;
mod sqrt;
#[cfg(test)]
mod tests;
mod trigonometric;

pub(crate) use checksum::checksums;
pub(super) use erf::erf;
pub(super) use exp::{exp, exp_m1, sigmoid, tanh};
pub(super) use ln::{ln, ln_1p, softplus};
pub(super) use pow::pow;
pub(super) use round::{floor, round};
pub(super) use sqrt::sqrt;
pub(super) use trigonometric::{cos, sin};

/// The bits of ∞: below are those of finite magnitudes, above are those of NaN.
const INFINITE: u32 = f32::INFINITY.to_bits();
/// The bits of the smallest normal number: below are those of subnormal magnitudes.
const NORMAL: u32 = f32::MIN_POSITIVE.to_bits();
/// The bit of the sign.
const SIGN: u32 = 1 << 31;
/// The bits of 1.
const ONE: u32 = 1f32.to_bits();

/// `ln 2 = LN_2_HI + LN_2_LO`, where the first has 9 bits, so that its multiples by an exponent are exact.
const LN_2_HI: f32 = 355.0 / 512.0;
const LN_2_LO: f32 = -2.121_944_4e-4;

/// Adding 1.5·2²³ rounds a number below 2²² to an integer and leaves that integer in the low bits.
const ROUND: f32 = 12_582_912.0;

/// A polynomial, lowest coefficient first, by Horner's rule. Not a loop: one over an array stays one where size counts.
macro_rules! polynomial {
    ($x:expr; $c:expr) => { $c };
    ($x:expr; $c:expr, $($higher:expr),+ $(,)?) => { polynomial!($x; $($higher),+) * $x + $c };
}
use polynomial;

/// The bits of `|x|`, which are ordered like the numbers.
#[inline(always)]
fn magnitude(x: f32) -> u32 {
    x.to_bits() & !SIGN
}

/// `x`, but its magnitude at most `limit`; also for NaN.
#[inline(always)]
fn bounded(x: f32, limit: f32) -> f32 {
    f32::from_bits(magnitude(x).min(limit.to_bits())).copysign(x)
}

/// `a` where `condition`, else `b`.
///
/// Not an `if` with something to compute in it: that can stay a branch, and then LLVM moves into it all that only it needs.
#[inline(always)]
fn choose<T>(condition: bool, a: T, b: T) -> T {
    if condition { a } else { b }
}

/// The integer that was added to [`ROUND`].
#[inline(always)]
fn integer(shifted: f32) -> i32 {
    (shifted.to_bits() as i32).wrapping_sub(ROUND.to_bits() as i32)
}

/// `2ⁿ` for `−126 ≤ n ≤ 127`.
#[inline(always)]
fn power_of_two(n: i32) -> f32 {
    f32::from_bits((n.wrapping_add(127) as u32) << 23)
}

/// `y·2ⁿ`, rounded once, for `½ ≤ y ≤ 2` and `|n| ≤ 250`: subnormal, 0 or ∞ where it must be.
#[inline(always)]
fn scaled(y: f32, n: i32) -> f32 {
    // In two steps, since 2ⁿ itself may not be a normal number. The first is exact, and so an addition to the exponent.
    let half = n >> 1;
    let y = f32::from_bits(y.to_bits().wrapping_add((half << 23) as u32));
    y * power_of_two(n.wrapping_sub(half))
}
