//! `sparse_categorical_accuracy`.

use super::share;
use crate::backend::Backend;
use crate::float::Float;
use crate::losses::rules;
use crate::ops::{Call, Op, Tensor, TensorMut, index::argmax::largest, op};
use crate::shape::{Inferred, MAX_PORTS};
use crate::site::Keeps;

/// `sparse_categorical_accuracy(y_true, y_pred)`: how often the largest prediction is that of the label. Not differentiable.
///
/// ```text
/// y = 1 where argmax y_pred = y_true, else 0
/// ```
///
/// # Arguments
/// * `y_true`: integers `[..]` below `classes`. Data are checked when they come in.
/// * `y_pred`: floats `[.., classes]`: probabilities or logits; of equal ones the first counts.
///
/// # Output
/// `[]`: the mean over the labels of an example.
///
/// # Errors
/// `y_true` that are not integers, do not have the axes of `y_pred` without the last, or whose range is known and larger than
/// `classes`; `y_pred` that are not floats.
///
/// Follows `keras.metrics.SparseCategoricalAccuracy`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug, Default)]
pub struct sparse_categorical_accuracy {}

impl sparse_categorical_accuracy {
    /// No constants.
    pub const fn new() -> Self {
        Self {}
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        rules::labels(x, "for one-hot targets use `categorical_accuracy`")
    }

    /// The labels are below the number of classes.
    pub const fn limits(&self, x: &[Inferred]) -> [usize; MAX_PORTS] {
        rules::label_limits(x)
    }
}

op!(sparse_categorical_accuracy, SparseCategoricalAccuracyAt, limits);

impl Op for sparse_categorical_accuracy {
    const KEEPS: Keeps = Keeps::NOTHING;

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let classes = x[1].shape.last().get();
        for b in 0..call.rows(y[0].shape) {
            let rows = x[1].row(b).chunks_exact(classes).zip(x[0].row(b));
            let right = rows.filter(|(p, k)| largest(p.iter().copied()) == k.index()).count();
            y[0].row(b).fill(share(right, x[0].shape.len()));
        }
    }

    crate::ops::not_differentiable!();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, ints, shape};

    #[test]
    fn forward() {
        for x in [
            [ints([], 1), shape([1])],
            [ints([], 3), shape([3])],
            [ints([5, 1], 4), shape([5, 1, 4])],
        ] {
            check_op(&sparse_categorical_accuracy {}, sparse_categorical_accuracy::infer, &x);
        }
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        let file = include_bytes!("../../golden/metrics/SparseCategoricalAccuracy.safetensors");
        crate::losses::golden::check_metric(
            &sparse_categorical_accuracy {},
            sparse_categorical_accuracy::infer,
            file,
        );
    }
}
