//! `binary_accuracy`.

use super::share;
use crate::backend::Backend;
use crate::float::Float;
use crate::losses::rules;
use crate::ops::{Call, Op, Tensor, TensorMut, op};
use crate::shape::Inferred;
use crate::site::Keeps;

/// `binary_accuracy(y_true, y_pred, threshold = 0.5)`: how often a prediction is on the side of its target. Not differentiable.
///
/// ```text
/// y = (1/n)·Σ [t = [p > threshold]]
/// ```
///
/// # Arguments
/// * `y_true`: floats `[..]`, each 0 or 1.
/// * `y_pred`: floats of the same shape: probabilities (for logits use `threshold(0.0)`).
/// * `threshold`: a constant; a prediction above it is a yes.
///
/// # Output
/// `[]`: the mean over all axes of an example.
///
/// # Errors
/// Different shapes: nothing broadcasts here; numbers other than floats.
///
/// Follows `keras.metrics.BinaryAccuracy`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct binary_accuracy {
    threshold: f64,
}

impl binary_accuracy {
    /// With a threshold of 0.5.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        binary_accuracy { threshold: 0.5 }
    }

    /// With this threshold.
    pub const fn threshold(self, threshold: f64) -> Self {
        binary_accuracy { threshold }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        rules::pairs(x)
    }
}

op!(binary_accuracy, BinaryAccuracyAt);

impl Op for binary_accuracy {
    const KEEPS: Keeps = Keeps::NOTHING;

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let threshold = F::of(self.threshold);
        let side = |p: F| if p > threshold { F::one() } else { F::zero() };
        for b in 0..call.rows(y[0].shape) {
            let right = x[0].row(b).iter().zip(x[1].row(b)).filter(|(t, p)| **t == side(**p));
            y[0].row(b).fill(share(right.count(), x[0].shape.len()));
        }
    }

    crate::ops::not_differentiable!();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op_on, shape};

    #[test]
    fn forward() {
        for shape in [shape([]), shape([1]), shape([5, 3])] {
            for op in [binary_accuracy::new(), binary_accuracy::new().threshold(0.2)] {
                check_op_on(&op, binary_accuracy::infer, &[shape, shape], |_, u| {
                    (4.0 * u).floor() / 3.0
                });
            }
        }
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        let file = include_bytes!("../../golden/metrics/BinaryAccuracy.safetensors");
        crate::losses::golden::check_metric(&binary_accuracy::new(), binary_accuracy::infer, file);
    }
}
