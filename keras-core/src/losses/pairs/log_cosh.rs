//! `log_cosh`.

use super::Pairs;
use crate::float::Float;
use crate::losses::rows;
use crate::math::{abs, exp, ln_1p, tanh};

rows::op! {
    /// `log_cosh(y_true, y_pred)`: nearly the half of the squared error for small differences, the absolute one less `ln 2` for
    /// large.
    ///
    /// ```text
    /// y = (1/n)·Σ ln cosh(p − t)        dp = dy · tanh(p − t)/n        dt = −dp
    /// ```
    ///
    /// Computed as `|e| + ln(1 + exp(−2·|e|)) − ln 2`, which does not overflow.
    ///
    /// # Arguments
    /// * `y_true`: floats `[..]`.
    /// * `y_pred`: floats of the same shape.
    ///
    /// # Output
    /// `[]`: the mean over all axes of an example.
    ///
    /// # Errors
    /// Different shapes: nothing broadcasts here; numbers other than floats.
    ///
    /// Follows `keras.losses.LogCosh`.
    log_cosh, LogCoshAt, pairs
}

impl Pairs for log_cosh {
    #[inline(always)]
    fn value<F: Float>(&self, t: F, p: F) -> F {
        let size = abs(p - t);
        size + ln_1p(exp(size * F::of(-2.0))) - F::of(core::f64::consts::LN_2)
    }

    #[inline(always)]
    fn slopes<F: Float>(&self, t: F, p: F) -> (F, F) {
        (tanh(t - p), tanh(p - t))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::losses::pairs;

    #[test]
    fn vjp() {
        pairs::check(&log_cosh, log_cosh::infer, |_, u| 4.0 * u - 2.0);
    }

    #[test]
    fn large_differences_do_not_overflow() {
        assert_eq!(log_cosh.value(-1000.0f64, 1000.0), 2000.0 - core::f64::consts::LN_2);
        assert_eq!(log_cosh.value(3.0f64, 3.0), 0.0);
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        let file = include_bytes!("../../../golden/losses/log_cosh.safetensors");
        crate::losses::golden::check(&log_cosh, log_cosh::infer, file, [2.08e-7, 3.48e-8]);
    }
}
