//! `mean_squared_error`.

use super::Pairs;
use crate::float::Float;
use crate::losses::rows;

rows::op! {
    /// `mean_squared_error(y_true, y_pred)`: the mean square of the difference of an example.
    ///
    /// ```text
    /// y = (1/n)·Σ (t − p)²        dt = dy · (2/n)·(t − p)        dp = −dt
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
    /// Follows `keras.losses.MeanSquaredError`.
    mean_squared_error, MeanSquaredErrorAt, pairs
}

impl Pairs for mean_squared_error {
    #[inline(always)]
    fn value<F: Float>(&self, t: F, p: F) -> F {
        (t - p) * (t - p)
    }

    #[inline(always)]
    fn slopes<F: Float>(&self, t: F, p: F) -> (F, F) {
        let slope = (t - p) * F::of(2.0);
        (slope, -slope)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::losses::pairs;

    #[test]
    fn vjp() {
        pairs::check(&mean_squared_error, mean_squared_error::infer, |_, u| 2.0 * u - 1.0);
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        let file = include_bytes!("../../../golden/losses/mse.safetensors");
        let op = mean_squared_error;
        crate::losses::golden::check(&op, mean_squared_error::infer, file, [9.03e-7, 3.97e-8]);
    }
}
