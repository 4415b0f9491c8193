//! What `f64` has neither in `std` nor in libm. It is the measure for `f32`, so it does without fitted numbers.

use core::f64::consts::{FRAC_2_SQRT_PI, PI};

/// The nearest integer, halves to the even one.
pub(super) fn round(x: f64) -> f64 {
    // From 2⁵² on every number is an integer; added to it, the bits of a smaller one behind the point are rounded away.
    let integers = f64::EPSILON.recip();
    let rounded = (x.abs() + integers) - integers;
    if x.abs() < integers { rounded.copysign(x) } else { x }
}

/// `1/(1 + e⁻ˣ)`: where `e⁻ˣ` is infinite the quotient is 0, so it needs no cases.
pub(super) fn sigmoid(x: f64) -> f64 {
    (1.0 + num_traits::Float::exp(-x)).recip()
}

/// `ln(1 + eˣ)` as `max(x, 0) + ln(1 + e^−|x|)`, which does not overflow.
pub(super) fn softplus(x: f64) -> f64 {
    let above = if x < 0.0 { 0.0 } else { x };
    above + num_traits::Float::ln_1p(num_traits::Float::exp(-x.abs()))
}

/// `erf(x)` to about 10⁻¹⁵: a series of positive terms near 0, the continued fraction of `erfc` elsewhere.
pub(super) fn erf(x: f64) -> f64 {
    let size = x.abs();
    let value = if size < 3.0 { series(size) } else { 1.0 - complement(size) };
    value.copysign(x)
}

/// `erf(x) = 2/√π · exp(−x²) · Σ 2ⁿ·x²ⁿ⁺¹ / (1·3·…·(2n+1))` (Abramowitz and Stegun 7.1.6), for `0 ≤ x < 3`.
fn series(x: f64) -> f64 {
    let (mut term, mut sum) = (x, x);
    for n in 1..80 {
        term *= 2.0 * x * x / f64::from(2 * n + 1);
        sum += term;
    }
    FRAC_2_SQRT_PI * num_traits::Float::exp(-x * x) * sum
}

/// `erfc(x) = exp(−x²)/√π · 1/(x + (1/2)/(x + (2/2)/(x + (3/2)/…)))` (Abramowitz and Stegun 7.1.14), for `x ≥ 3`.
fn complement(x: f64) -> f64 {
    let tail = (1..60).rev().fold(x, |tail, n| x + f64::from(n) / 2.0 / tail);
    num_traits::Float::exp(-x * x) / (num_traits::Float::sqrt(PI) * tail)
}

#[cfg(test)]
mod tests {
    use super::erf;

    #[test]
    fn erf_is_that_of_the_tables() {
        let table = [
            (0.0, 0.0),
            (1e-10, 1.128_379_167_095_512_6e-10),
            (0.5, 0.520_499_877_813_046_5),
            (1.0, 0.842_700_792_949_714_9),
            (-2.0, -0.995_322_265_018_952_7),
            (3.0, 0.999_977_909_503_001_4),
            (5.0, 0.999_999_999_998_462_5),
            (f64::INFINITY, 1.0),
        ];
        for (x, y) in table {
            assert!((erf(x) - y).abs() <= 2e-15 * y.abs(), "erf({x}) = {}", erf(x));
        }
        assert!(erf(f64::NAN).is_nan());
        assert!((erf(3.0 - 1e-12) - erf(3.0)).abs() < 2e-15);
    }
}
