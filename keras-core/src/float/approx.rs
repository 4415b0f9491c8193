//! `exp`, `ln`, `tanh` and `erf` in `f32`: range reduction and a polynomial, no branches, a fixed order of sums.
//!
//! Conditions are comparisons between two values that are both computed, which vectorise as selects; a comparison with NaN
//! is false, so each is written such that NaN stays. The polynomials of `exp`, `ln` and `tanh` are those of Cephes
//! (S. L. Moshier), those of `erf` are N. Juffa's.

/// `ln 2 = LN_2_HI + LN_2_LO`, where the first has so few bits that its multiples by an exponent are exact.
const LN_2_HI: f32 = 355.0 / 512.0;
const LN_2_LO: f32 = -2.121_944_4e-4;

/// Adding 1.5·2²³ rounds a small number to an integer and leaves that integer in the low bits.
const ROUND: f32 = 12_582_912.0;

/// A polynomial, highest coefficient first.
#[inline(always)]
fn polynomial<const N: usize>(x: f32, coefficients: [f32; N]) -> f32 {
    coefficients.into_iter().reduce(|sum, c| sum * x + c).unwrap_or(0.0)
}

/// `2ⁿ` for `−126 ≤ n ≤ 127`.
#[inline(always)]
fn power_of_two(n: i32) -> f32 {
    f32::from_bits((n.wrapping_add(127) as u32) << 23)
}

/// `exp(x) = 2ⁿ·exp(r)`, where `x = n·ln 2 + r` and `|r| ≤ ln 2 / 2`.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    // Beyond these the result is 0 or ∞ already.
    let x = if x < -105.0 { -105.0 } else { x };
    let x = if x > 89.0 { 89.0 } else { x };
    let shifted = x * core::f32::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = (x - n * LN_2_HI) - n * LN_2_LO;
    let p = polynomial(
        r,
        [1.987_569_1e-4, 1.398_2e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 5e-1],
    );
    let y = p * (r * r) + r + 1.0;
    // In two steps, since 2ⁿ itself is not a normal number where the result is subnormal or infinite.
    let n = (shifted.to_bits() as i32).wrapping_sub(ROUND.to_bits() as i32);
    y * power_of_two(n >> 1) * power_of_two(n.wrapping_sub(n >> 1))
}

/// `ln(x) = e·ln 2 + ln(m)`, where `x = 2ᵉ·m` and `√½ ≤ m < √2`.
#[inline(always)]
pub(super) fn ln(x: f32) -> f32 {
    let subnormal = x < f32::MIN_POSITIVE;
    let scaled = if subnormal { x * 8_388_608.0 } else { x };
    let bias = if subnormal { 23.0 } else { 0.0 };
    // Counted from the bits of √½, the exponent field is e and the rest is m.
    let bits = scaled.to_bits().wrapping_sub(core::f32::consts::FRAC_1_SQRT_2.to_bits()) as i32;
    let e = (bits >> 23) as f32 - bias;
    let m = f32::from_bits(scaled.to_bits().wrapping_sub((bits >> 23 << 23) as u32)) - 1.0;
    let p = polynomial(
        m,
        [
            7.037_683_6e-2,
            -1.151_461e-1,
            1.167_699_9e-1,
            -1.242_014_1e-1,
            1.424_932_3e-1,
            -1.666_805_8e-1,
            2.000_071_5e-1,
            -2.499_999_4e-1,
            3.333_333e-1,
        ],
    );
    let z = m * m;
    let y = m + ((p * m * z + e * LN_2_LO) - 0.5 * z) + e * LN_2_HI;
    let y = if x < f32::INFINITY { y } else { x };
    if x > 0.0 {
        y
    } else if x == 0.0 {
        f32::NEG_INFINITY
    } else {
        f32::NAN
    }
}

/// `ln(1 + x) ≈ ln(u) + (x − (u − 1))/u`: what the rounding of `u = 1 + x` lost is added, to first order.
#[inline(always)]
pub(super) fn ln_1p(x: f32) -> f32 {
    let u = 1.0 + x;
    let y = ln(u);
    let lost = x - (u - 1.0);
    // Nothing is lost at the ends, where the quotient is NaN.
    if u - 1.0 == x { y } else { y + lost / u }
}

/// `tanh(x)`: an odd polynomial below 0.625, `1 − 2/(exp(2x) + 1)` above.
#[inline(always)]
pub(super) fn tanh(x: f32) -> f32 {
    let size = x.abs();
    let z = x * x;
    let p = polynomial(
        z,
        [-5.704_988_7e-3, 2.063_909e-2, -5.373_971_6e-2, 1.333_144_2e-1, -3.333_328e-1],
    );
    let small = p * z * x + x;
    let large = (1.0 - 2.0 / (exp(2.0 * size) + 1.0)).copysign(x);
    if size < 0.625 { small } else { large }
}

/// `erf(x)`: an odd polynomial below 0.92, `1 − exp(−|x| + |x|·P(|x|))` above.
#[inline(always)]
pub(super) fn erf(x: f32) -> f32 {
    let size = x.abs();
    let p = polynomial(
        x * x,
        [
            -5.967_617e-4,
            4.991_194_2e-3,
            -2.676_813_5e-2,
            1.128_199_25e-1,
            -3.761_253_4e-1,
            1.283_791_7e-1,
        ],
    );
    let small = p * x + x;
    let p = polynomial(
        size,
        [
            -1.728_534_7e-5,
            3.831_971_3e-4,
            -3.883_964_4e-3,
            2.425_462_2e-2,
            -1.067_778_8e-1,
            -6.348_467e-1,
            -1.287_175_1e-1,
        ],
    );
    let large = (1.0 - exp(p * size - size)).copysign(x);
    if size < 0.921_875 { small } else { large }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The largest error in units of the last place over every 997th number of the given range of bits, and its place.
    fn worst(f: fn(f32) -> f32, exact: fn(f64) -> f64, keep: fn(f32) -> bool) -> (f64, f32) {
        let mut worst = (0.0, 0.0);
        for bits in (0..=u32::MAX).step_by(997) {
            let x = f32::from_bits(bits);
            if !x.is_finite() || !keep(x) {
                continue;
            }
            let (y, wanted) = (f(x), exact(f64::from(x)));
            if wanted.abs() > f64::from(f32::MAX) {
                continue;
            }
            let nearest = (wanted.abs() as f32).max(f32::MIN_POSITIVE);
            let ulp = f64::from(f32::from_bits(nearest.to_bits() + 1)) - f64::from(nearest);
            let error = (f64::from(y) - wanted).abs() / ulp;
            assert!(!error.is_nan(), "NaN at {x}");
            if error > worst.0 {
                worst = (error, x);
            }
        }
        worst
    }

    macro_rules! accurate {
        ($name:ident, $limit:expr, $f:expr, $exact:expr, $keep:expr) => {
            #[test]
            fn $name() {
                let (error, x) = worst($f, $exact, $keep);
                std::println!("{}: {error} ulp at {x}", stringify!($name));
                assert!(error <= $limit, "{error} ulp at {x}");
            }
        };
    }
    accurate!(exp_is_accurate, 1.0, exp, f64::exp, |_| true);
    accurate!(ln_is_accurate, 1.0, ln, f64::ln, |x| x > 0.0);
    accurate!(ln_1p_is_accurate, 1.5, ln_1p, f64::ln_1p, |x| x > -1.0);
    accurate!(tanh_is_accurate, 1.5, tanh, f64::tanh, |_| true);
    accurate!(erf_is_accurate, 2.0, erf, super::super::double::erf, |_| true);

    #[test]
    fn the_ends_are_exact() {
        let inf = f32::INFINITY;
        assert_eq!((exp(inf), exp(-inf), exp(0.0), exp(88.8)), (inf, 0.0, 1.0, inf));
        assert_eq!((ln(inf), ln(0.0), ln(1.0)), (inf, -inf, 0.0));
        assert_eq!((ln_1p(inf), ln_1p(-1.0), ln_1p(0.0)), (inf, -inf, 0.0));
        assert_eq!((tanh(inf), tanh(-inf), erf(inf), erf(-inf)), (1.0, -1.0, 1.0, -1.0));
        assert_eq!((tanh(0.0), tanh(-0.0), erf(-0.0)), (0.0, 0.0, 0.0));
        assert!(ln(-1.0).is_nan() && ln_1p(-2.0).is_nan() && ln(-inf).is_nan());
        for f in [exp, ln, ln_1p, tanh, erf] {
            assert!(f(f32::NAN).is_nan());
        }
        // Subnormal results are not flushed.
        assert_eq!(exp(-103.0), (-103f64).exp() as f32);
    }
}
