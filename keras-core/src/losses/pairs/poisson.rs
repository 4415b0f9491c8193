//! `poisson`.

use super::Pairs;
use crate::float::Float;
use crate::losses::{form::EPSILON, rows};

rows::op! {
    /// `poisson(y_true, y_pred)`: for targets that are counts, and predictions of their mean.
    ///
    /// ```text
    /// y = (1/n)·Σ p − t·ln(p + 1e-7)        dp = dy · (1 − t/(p + 1e-7))/n        dt = −dy · ln(p + 1e-7)/n
    /// ```
    ///
    /// It is the negative logarithm of the Poisson distribution without `ln t!`, which no prediction changes.
    ///
    /// # Arguments
    /// * `y_true`: floats `[..]`, not negative.
    /// * `y_pred`: floats of the same shape, not negative: as `softplus` or `exp` gives.
    ///
    /// # Output
    /// `[]`: the mean over all axes of an example.
    ///
    /// # Errors
    /// Different shapes: nothing broadcasts here; numbers other than floats.
    ///
    /// Follows `keras.losses.Poisson`.
    poisson, PoissonAt, pairs
}

impl Pairs for poisson {
    #[inline(always)]
    fn value<F: Float>(&self, t: F, p: F) -> F {
        p - t * (p + F::of(EPSILON)).v_ln()
    }

    #[inline(always)]
    fn slopes<F: Float>(&self, t: F, p: F) -> (F, F) {
        let p = p + F::of(EPSILON);
        (-p.v_ln(), F::one() - t / p)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::losses::pairs;

    #[test]
    fn vjp() {
        pairs::check(&poisson, poisson::infer, |_, u| 0.1 + 2.0 * u);
    }

    #[test]
    fn a_mean_of_zero_is_finite() {
        assert_eq!(poisson.value(0.0f64, 0.0), 0.0);
        assert!((poisson.value(1.0f64, 0.0) - 16.118).abs() < 1e-3);
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        let file = include_bytes!("../../../golden/losses/poisson.safetensors");
        crate::losses::golden::check(&poisson, poisson::infer, file, [1.3e-7, 9.4e-9]);
    }
}
