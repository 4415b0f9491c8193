//! `mean_absolute_percentage_error`.

use super::Pairs;
use crate::float::Float;
use crate::losses::{form::EPSILON, rows};
use crate::math::{abs, max, sign};

rows::op! {
    /// `mean_absolute_percentage_error(y_true, y_pred)`: the mean size of the difference in per cent of the target.
    ///
    /// ```text
    /// y = (100/n)·Σ |t − p| / m,  m = max(|t|, 1e-7)
    /// dp = dy · (100/n)·sign(p − t)/m        dt = −dp − dy · (100/n)·sign(t)·|t − p|/m² where |t| > 1e-7, else −dp
    /// ```
    ///
    /// # Arguments
    /// * `y_true`: floats `[..]`, none of them near 0: a target of 0 weighs 1e7 times as much as one of 1.
    /// * `y_pred`: floats of the same shape.
    ///
    /// # Output
    /// `[]`: the mean over all axes of an example, in per cent.
    ///
    /// # Errors
    /// Different shapes: nothing broadcasts here; numbers other than floats.
    ///
    /// Follows `keras.losses.MeanAbsolutePercentageError`.
    mean_absolute_percentage_error, MeanAbsolutePercentageErrorAt, pairs
}

/// What the difference is divided by: the hundredth part of the target.
#[inline(always)]
fn percent<F: Float>(t: F) -> F {
    max(abs(t), F::of(EPSILON)) / F::of(100.0)
}

impl Pairs for mean_absolute_percentage_error {
    #[inline(always)]
    fn value<F: Float>(&self, t: F, p: F) -> F {
        abs(t - p) / percent(t)
    }

    #[inline(always)]
    fn slopes<F: Float>(&self, t: F, p: F) -> (F, F) {
        let dp = sign(p - t) / percent(t);
        let by_size = if abs(t) > F::of(EPSILON) { self.value(t, p) / t } else { F::zero() };
        (-dp - by_size, dp)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::losses::pairs;

    #[test]
    fn vjp() {
        // Targets on both sides of 0, away from it.
        let fill = |i, u: f64| if i == 0 { (u - 0.5).signum() * (0.2 + u) } else { 3.0 * u - 2.0 };
        pairs::check(&mean_absolute_percentage_error, mean_absolute_percentage_error::infer, fill);
    }

    #[test]
    fn a_target_of_zero_is_finite() {
        let (op, near) =
            (mean_absolute_percentage_error, |x: f64, y: f64| (x / y - 1.0).abs() < 1e-12);
        assert!(near(op.value(0.0, 1.0), 1e9));
        let (dt, dp) = op.slopes(0.0, 1.0);
        assert!(near(dt, -1e9) && near(dp, 1e9));
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        let file = include_bytes!("../../../golden/losses/mape.safetensors");
        let op = mean_absolute_percentage_error;
        let errors = [3.12e-4, 5.61e-5];
        crate::losses::golden::check(&op, mean_absolute_percentage_error::infer, file, errors);
    }
}
