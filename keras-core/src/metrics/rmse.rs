//! `root_mean_squared_error`.

use crate::backend::Backend;
use crate::float::Float;
use crate::losses::{mean_squared_error, rules};
use crate::ops::{Call, Op, Tensor, TensorMut, op};
use crate::shape::Inferred;
use crate::site::{Finish, Keeps};

/// `root_mean_squared_error(y_true, y_pred)`: how far predictions are from their targets. Not differentiable: as a loss use
/// `mean_squared_error`.
///
/// ```text
/// √((1/n)·Σ (t − p)²), over all examples
/// ```
///
/// # Arguments
/// * `y_true`: floats `[..]`.
/// * `y_pred`: floats of the same shape.
///
/// # Output
/// `[]`: the mean of the squares of an example; the metric takes the root at the end of an epoch.
///
/// # Errors
/// Different shapes: nothing broadcasts here; numbers other than floats.
///
/// Follows `keras.metrics.RootMeanSquaredError`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug, Default)]
pub struct root_mean_squared_error {}

impl root_mean_squared_error {
    /// No constants.
    pub const fn new() -> Self {
        Self {}
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        rules::pairs(x)
    }
}

op!(root_mean_squared_error, RootMeanSquaredErrorAt);

impl Op for root_mean_squared_error {
    const KEEPS: Keeps = Keeps::NOTHING;
    const RESULT: Option<Finish<Self>> =
        Some(|_, totals, weight| num_traits::Float::sqrt(totals[0] / weight));

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        mean_squared_error.forward::<F, B>(call, x, y);
    }

    crate::ops::not_differentiable!();
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use super::*;

    #[test]
    fn as_keras() {
        crate::metrics::golden::golden!(
            root_mean_squared_error {},
            "RootMeanSquaredError",
            "RootMeanSquaredError_weighted"
        );
    }
}
