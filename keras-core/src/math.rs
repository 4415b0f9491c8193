//! Functions of numbers, generic over the scalar: what the bodies of elementwise groups call.
//!
//! In `f32` all are free of branches, so that a loop over them vectorises, at most 2 ulp from the exact value where they
//! are not made of others, and the same bits on every target ([`Float`]).

use crate::float::Float;

/// `eˣ`.
#[inline(always)]
pub fn exp<F: Float>(x: F) -> F {
    x.v_exp()
}

/// `eˣ − 1`, accurate for small `x`.
#[inline(always)]
pub fn exp_m1<F: Float>(x: F) -> F {
    x.v_exp_m1()
}

/// The natural logarithm: −∞ at 0, NaN below.
#[inline(always)]
pub fn ln<F: Float>(x: F) -> F {
    x.v_ln()
}

/// `ln(1 + x)`, accurate for small `x`.
#[inline(always)]
pub fn ln_1p<F: Float>(x: F) -> F {
    x.v_ln_1p()
}

/// `√x`.
#[inline(always)]
pub fn sqrt<F: Float>(x: F) -> F {
    x.v_sqrt()
}

/// `1/√x`.
#[inline(always)]
pub fn rsqrt<F: Float>(x: F) -> F {
    sqrt(x).recip()
}

/// The hyperbolic tangent.
#[inline(always)]
pub fn tanh<F: Float>(x: F) -> F {
    x.v_tanh()
}

/// `1/(1 + e⁻ˣ)`, in `[0, 1]`.
#[inline(always)]
pub fn sigmoid<F: Float>(x: F) -> F {
    x.v_sigmoid()
}

/// `ln(1 + eˣ)`, which does not overflow.
#[inline(always)]
pub fn softplus<F: Float>(x: F) -> F {
    x.v_softplus()
}

/// The sine of `x` radians.
#[inline(always)]
pub fn sin<F: Float>(x: F) -> F {
    x.v_sin()
}

/// The cosine of `x` radians.
#[inline(always)]
pub fn cos<F: Float>(x: F) -> F {
    x.v_cos()
}

/// The error function `2/√π · ∫₀ˣ exp(−t²) dt`.
#[inline(always)]
pub fn erf<F: Float>(x: F) -> F {
    x.v_erf()
}

/// `|x|`.
#[inline(always)]
pub fn abs<F: Float>(x: F) -> F {
    x.v_abs()
}

/// The largest integer that is not above `x`.
#[inline(always)]
pub fn floor<F: Float>(x: F) -> F {
    x.v_floor()
}

/// The nearest integer, halves to the even one, as `keras.ops.round`.
#[inline(always)]
pub fn round<F: Float>(x: F) -> F {
    x.v_round()
}

/// −1, 0 or 1; NaN for NaN.
#[inline(always)]
pub fn sign<F: Float>(x: F) -> F {
    let below = if x < F::zero() { -F::one() } else { x };
    if x > F::zero() { F::one() } else { below }
}

/// `xʸ`: 1 where `y` is 0 or `x` is 1, NaN for a negative `x` and a `y` that is not an integer.
#[inline(always)]
pub fn pow<F: Float>(x: F, y: F) -> F {
    x.v_pow(y)
}

/// `xⁿ` by repeated squaring; with a literal `n` a few products.
#[inline(always)]
pub fn powi<F: Float>(x: F, n: i32) -> F {
    let (mut power, mut square, mut rest) = (F::one(), x, n.unsigned_abs());
    while rest > 0 {
        if rest & 1 == 1 {
            power = power * square;
        }
        square = square * square;
        rest >>= 1;
    }
    if n < 0 { power.recip() } else { power }
}

/// The smaller of the two; NaN where one of them is, as `keras.ops.minimum`.
#[inline(always)]
pub fn min<F: Float>(x: F, y: F) -> F {
    if y < x || y.is_nan() { y } else { x }
}

/// The larger of the two; NaN where one of them is, as `keras.ops.maximum`.
#[inline(always)]
pub fn max<F: Float>(x: F, y: F) -> F {
    if y > x || y.is_nan() { y } else { x }
}

/// `a` where `condition` is not 0, `b` where it is. Both are computed.
#[inline(always)]
pub fn select<F: Float>(condition: F, a: F, b: F) -> F {
    if condition != F::zero() { a } else { b }
}

/// 1 where `condition`, else 0: what a comparison gives.
#[inline(always)]
pub fn truth<F: Float>(condition: bool) -> F {
    if condition { F::one() } else { F::zero() }
}

/// `√2`.
#[inline(always)]
pub fn sqrt_2<F: Float>() -> F {
    F::of(core::f64::consts::SQRT_2)
}

/// `2/√π`, the slope of [`erf`] at 0.
#[inline(always)]
pub fn frac_2_sqrt_pi<F: Float>() -> F {
    F::of(core::f64::consts::FRAC_2_SQRT_PI)
}

/// 1 where `a > b`, else 0.
#[inline(always)]
pub fn gt<F: Float>(a: F, b: F) -> F {
    truth(a > b)
}

/// 1 where `a = b`, else 0.
#[inline(always)]
pub fn eq<F: Float>(a: F, b: F) -> F {
    truth(a == b)
}

/// `∂ max(a, b) / ∂a`: equal numbers share the cotangent, as in Keras on JAX.
#[inline(always)]
pub fn share<F: Float>(a: F, b: F) -> F {
    select(eq(a, b), F::of(0.5), gt(a, b))
}

/// 1 where `low ≤ x ≤ high`, else 0.
#[inline(always)]
pub fn within<F: Float>(x: F, low: F, high: F) -> F {
    truth(x >= low && x <= high)
}

/// `x/2 · (1 + tanh(√(2/π) (x + 0.044715 x³)))`: gelu as Keras computes it by default (Hendrycks, Gimpel 2016).
#[inline(always)]
pub fn gelu_tanh<F: Float>(x: F) -> F {
    F::of(0.5) * x * (F::one() + tanh(gelu_argument(x)))
}

/// The derivative of [`gelu_tanh`].
#[inline(always)]
pub fn d_gelu_tanh<F: Float>(x: F) -> F {
    let t = tanh(gelu_argument(x));
    let inner = F::of(SQRT_2_OVER_PI) * (F::one() + F::of(3.0 * 0.044715) * x * x);
    F::of(0.5) * (F::one() + t) + F::of(0.5) * x * (F::one() - t * t) * inner
}

const SQRT_2_OVER_PI: f64 = 0.797_884_560_802_865_4;

#[inline(always)]
fn gelu_argument<F: Float>(x: F) -> F {
    F::of(SQRT_2_OVER_PI) * (x + F::of(0.044715) * x * x * x)
}

/// The derivative of mish, `x · tanh(softplus(x))`.
#[inline(always)]
pub fn d_mish<F: Float>(x: F) -> F {
    let t = tanh(softplus(x));
    t + x * (F::one() - t * t) * sigmoid(x)
}

/// For a firmware that compares its target with the host: the functions' names, and checksums of their values in `f32`, with
/// and without very small numbers.
#[doc(hidden)]
pub fn checksums() -> [(&'static str, [u32; 2]); 14] {
    crate::float::checksums()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_round_to_even() {
        let numbers = [0.5f32, 1.5, 2.5, -0.5, -1.5, 2.4, -2.6, 8_388_609.0, f32::INFINITY];
        assert_eq!(
            numbers.map(round),
            [0.0, 2.0, 2.0, -0.0, -2.0, 2.0, -3.0, 8_388_609.0, f32::INFINITY]
        );
        assert_eq!(round(0.5f64), 0.0);
        assert_eq!(round(4_503_599_627_370_497.0f64), 4_503_599_627_370_497.0);
    }

    #[test]
    fn nan_is_not_lost() {
        let nan = f32::NAN;
        for y in [max(nan, 0.0), max(0.0, nan), min(nan, 0.0), min(0.0, nan), sign(nan), round(nan)]
        {
            assert!(y.is_nan());
        }
    }

    #[test]
    fn sigmoid_and_softplus_do_not_overflow() {
        assert_eq!((sigmoid(-1000.0f32), sigmoid(1000.0f32), sigmoid(0.0f32)), (0.0, 1.0, 0.5));
        assert_eq!((softplus(-1000.0f32), softplus(1000.0f32)), (0.0, 1000.0));
        assert!((softplus(0.0f64) - core::f64::consts::LN_2).abs() < 1e-15);
    }

    #[test]
    fn powers() {
        assert_eq!(
            [powi(3.0f32, 0), powi(3.0, 1), powi(-3.0, 5), powi(2.0, -3)],
            [1.0, 3.0, -243.0, 0.125]
        );
        assert_eq!(
            (pow(2.0f64, 10.0), select(1.0f32, 2.0, 3.0), select(0.0f32, 2.0, 3.0)),
            (1024.0, 2.0, 3.0)
        );
        assert_eq!((sign(-3.0f32), sign(0.0f32), sign(7.0f32)), (-1.0, 0.0, 1.0));
    }
}
