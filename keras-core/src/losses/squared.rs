//! `mean_squared_error`.

use super::{pairs, rules};
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut, op};
use crate::shape::Inferred;
use crate::site::Keeps;

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
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug, Default)]
pub struct mean_squared_error;

impl mean_squared_error {
    /// No constants.
    pub const fn new() -> Self {
        mean_squared_error
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        rules::pairs(x)
    }
}

op!(mean_squared_error, MeanSquaredErrorAt);

#[inline(always)]
fn value<F: Float>(t: F, p: F) -> F {
    (t - p) * (t - p)
}

#[inline(always)]
fn slope<F: Float>(t: F, p: F) -> F {
    (t - p) * F::of(2.0)
}

impl Op for mean_squared_error {
    const KEEPS: Keeps = Keeps::INPUTS;

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        pairs::forward(call, x, &mut y[0], value);
    }

    fn vjp<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        _: &[Tensor<'_, F>],
        dy: &[Tensor<'_, F>],
        dx: &mut [TensorMut<'_, F>],
    ) {
        pairs::vjp(call, x, &dy[0], dx, (|t, p| slope(t, p), |t, p| slope(p, t)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, shape};

    #[test]
    fn vjp() {
        for shape in [shape([]), shape([1]), shape([3, 1]), shape([17])] {
            check_op(&mean_squared_error, mean_squared_error::infer, &[shape, shape]);
        }
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        let file = include_bytes!("../../golden/losses/mse.safetensors");
        crate::losses::golden::check(
            &mean_squared_error,
            mean_squared_error::infer,
            file,
            [9.03e-7, 3.97e-8],
        );
    }
}
