//! `categorical_accuracy`.

use super::share;
use crate::backend::Backend;
use crate::float::Float;
use crate::losses::rules;
use crate::ops::{Call, Op, Tensor, TensorMut, index::argmax::largest, op};
use crate::shape::Inferred;
use crate::site::Keeps;

/// `categorical_accuracy(y_true, y_pred)`: how often target and prediction are largest at the same class. Not differentiable.
///
/// ```text
/// y = 1 where argmax y_pred = argmax y_true, else 0
/// ```
///
/// # Arguments
/// * `y_true`: floats `[.., classes]` (one-hot, say).
/// * `y_pred`: floats of the same shape: probabilities or logits; of equal ones the first counts.
///
/// # Output
/// `[]`: the mean over the rows of an example.
///
/// # Errors
/// Different shapes: nothing broadcasts here; no axis of classes; numbers other than floats.
///
/// Follows `keras.metrics.CategoricalAccuracy`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug, Default)]
pub struct categorical_accuracy {}

impl categorical_accuracy {
    /// No constants.
    pub const fn new() -> Self {
        Self {}
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        rules::classes(x)
    }
}

op!(categorical_accuracy, CategoricalAccuracyAt);

impl Op for categorical_accuracy {
    const KEEPS: Keeps = Keeps::NOTHING;

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let classes = x[1].shape.last().get();
        for b in 0..call.rows(y[0].shape) {
            let rows = x[0].row(b).chunks_exact(classes).zip(x[1].row(b).chunks_exact(classes));
            let count = rows.len();
            let right =
                rows.filter(|(t, p)| largest(t.iter().copied()) == largest(p.iter().copied()));
            y[0].row(b).fill(share(right.count(), count));
        }
    }

    crate::ops::not_differentiable!();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, shape};

    #[test]
    fn forward() {
        for shape in [shape([1]), shape([3]), shape([5, 1, 4])] {
            check_op(&categorical_accuracy {}, categorical_accuracy::infer, &[shape, shape]);
        }
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        let file = include_bytes!("../../golden/metrics/CategoricalAccuracy.safetensors");
        crate::losses::golden::check_metric(
            &categorical_accuracy {},
            categorical_accuracy::infer,
            file,
        );
    }
}
