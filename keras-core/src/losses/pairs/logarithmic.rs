//! `mean_squared_logarithmic_error`.

use super::Pairs;
use crate::float::Float;
use crate::losses::{form::EPSILON, rows};
use crate::math::max;

rows::op! {
    /// `mean_squared_logarithmic_error(y_true, y_pred)`: the mean square of the difference of logarithms, for quantities whose
    /// ratio matters.
    ///
    /// ```text
    /// y = (1/n)·Σ (ln(1 + t) − ln(1 + p))²
    /// dt = dy · (2/n)·(ln(1 + t) − ln(1 + p)) / (1 + t)        dp = dy · (2/n)·(ln(1 + p) − ln(1 + t)) / (1 + p)
    /// ```
    ///
    /// Numbers below 1e-7 count as 1e-7; their cotangent is 0.
    ///
    /// # Arguments
    /// * `y_true`: floats `[..]`, not negative.
    /// * `y_pred`: floats of the same shape, not negative.
    ///
    /// # Output
    /// `[]`: the mean over all axes of an example.
    ///
    /// # Errors
    /// Different shapes: nothing broadcasts here; numbers other than floats.
    ///
    /// Follows `keras.losses.MeanSquaredLogarithmicError`.
    mean_squared_logarithmic_error, MeanSquaredLogarithmicErrorAt, pairs
}

/// The logarithm of one more than a number.
#[inline(always)]
fn log<F: Float>(x: F) -> F {
    max(x, F::of(EPSILON)).v_ln_1p()
}

/// Twice its derivative.
#[inline(always)]
fn slope<F: Float>(x: F) -> F {
    if x > F::of(EPSILON) { F::of(2.0) / (F::one() + x) } else { F::zero() }
}

impl Pairs for mean_squared_logarithmic_error {
    #[inline(always)]
    fn value<F: Float>(&self, t: F, p: F) -> F {
        let difference = log(t) - log(p);
        difference * difference
    }

    #[inline(always)]
    fn slopes<F: Float>(&self, t: F, p: F) -> (F, F) {
        let difference = log(t) - log(p);
        (difference * slope(t), -difference * slope(p))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::losses::pairs;

    #[test]
    fn vjp() {
        let op = mean_squared_logarithmic_error;
        pairs::check(&op, mean_squared_logarithmic_error::infer, |_, u| 0.01 + 3.0 * u);
        // What is clipped.
        pairs::check(&op, mean_squared_logarithmic_error::infer, |_, u| -0.01 - u);
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        let file = include_bytes!("../../../golden/losses/msle.safetensors");
        let op = mean_squared_logarithmic_error;
        let errors = [7e-8, 6.67e-9];
        crate::losses::golden::check(&op, mean_squared_logarithmic_error::infer, file, errors);
    }
}
