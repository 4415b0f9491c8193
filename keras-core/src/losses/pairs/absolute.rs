//! `mean_absolute_error`.

use super::Pairs;
use crate::float::Float;
use crate::losses::rows;
use crate::math::{abs, sign};

rows::op! {
    /// `mean_absolute_error(y_true, y_pred)`: the mean size of the difference of an example.
    ///
    /// ```text
    /// y = (1/n)·Σ |t − p|        dt = dy · sign(t − p)/n, with sign(0) = 0        dp = −dt
    /// ```
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
    /// Follows `keras.losses.MeanAbsoluteError`.
    mean_absolute_error, MeanAbsoluteErrorAt, pairs
}

impl Pairs for mean_absolute_error {
    #[inline(always)]
    fn value<F: Float>(&self, t: F, p: F) -> F {
        abs(t - p)
    }

    #[inline(always)]
    fn slopes<F: Float>(&self, t: F, p: F) -> (F, F) {
        (sign(t - p), sign(p - t))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::losses::pairs;

    #[test]
    fn vjp() {
        pairs::check(&mean_absolute_error, mean_absolute_error::infer, |_, u| 2.0 * u - 1.0);
        assert_eq!(mean_absolute_error.slopes(1.0f32, 1.0), (0.0, 0.0));
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        let file = include_bytes!("../../../golden/losses/mae.safetensors");
        let op = mean_absolute_error;
        crate::losses::golden::check(&op, mean_absolute_error::infer, file, [5.59e-8, 1.24e-9]);
    }
}
