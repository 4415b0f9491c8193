//! `top_k_categorical_accuracy` and `sparse_top_k_categorical_accuracy`.

use super::counts::not_among;
use super::share;
use crate::backend::Backend;
use crate::float::Float;
use crate::losses::rules;
use crate::ops::{Call, Op, Tensor, TensorMut, index::argmax::largest, op};
use crate::shape::{Inferred, MAX_PORTS};
use crate::site::Keeps;

/// `top_k_categorical_accuracy(y_true, y_pred, k = 5)`: how often the class of the target is among the `k` largest predictions.
/// Not differentiable.
///
/// ```text
/// y = 1 where fewer than k predictions are larger than that of argmax y_true, else 0
/// ```
///
/// # Arguments
/// * `y_true`: floats `[.., classes]` (one-hot, say).
/// * `y_pred`: floats of the same shape: probabilities or logits; of equal ones all count.
/// * `k`: in `1..=classes`.
///
/// # Output
/// `[]`: the mean over the rows of an example.
///
/// # Errors
/// Different shapes: nothing broadcasts here; no axis of classes; numbers other than floats; fewer than `k` classes.
///
/// Follows `keras.metrics.TopKCategoricalAccuracy`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct top_k_categorical_accuracy {
    k: usize,
}

impl top_k_categorical_accuracy {
    /// Among the five largest.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        top_k_categorical_accuracy { k: 5 }
    }

    /// Among the `k` largest.
    pub const fn k(self, k: usize) -> Self {
        top_k_categorical_accuracy { k }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        enough(rules::classes(x), self.k, x)
    }
}

op!(top_k_categorical_accuracy, TopKCategoricalAccuracyAt);

impl Op for top_k_categorical_accuracy {
    const KEEPS: Keeps = Keeps::NOTHING;

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let classes = x[1].shape.last().get();
        for b in 0..call.rows(y[0].shape) {
            let labels = x[0].row(b).chunks_exact(classes).map(|t| largest(t.iter().copied()));
            y[0].row(b).fill(among(self.k, labels, x[1].row(b).chunks_exact(classes)));
        }
    }

    crate::ops::not_differentiable!();
}

/// `sparse_top_k_categorical_accuracy(y_true, y_pred, k = 5)`: how often the label is among the `k` largest predictions.
/// Not differentiable.
///
/// ```text
/// y = 1 where fewer than k predictions are larger than that of y_true, else 0
/// ```
///
/// # Arguments
/// * `y_true`: integers `[..]` below `classes`. Data are checked when they come in.
/// * `y_pred`: floats `[.., classes]`: probabilities or logits; of equal ones all count.
/// * `k`: in `1..=classes`.
///
/// # Output
/// `[]`: the mean over the labels of an example.
///
/// # Errors
/// `y_true` that are not integers, do not have the axes of `y_pred` without the last, or whose range is known and larger than
/// `classes`; `y_pred` that are not floats; fewer than `k` classes.
///
/// Follows `keras.metrics.SparseTopKCategoricalAccuracy`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct sparse_top_k_categorical_accuracy {
    k: usize,
}

impl sparse_top_k_categorical_accuracy {
    /// Among the five largest.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        sparse_top_k_categorical_accuracy { k: 5 }
    }

    /// Among the `k` largest.
    pub const fn k(self, k: usize) -> Self {
        sparse_top_k_categorical_accuracy { k }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        let rule = rules::labels(x, "for one-hot targets use `top_k_categorical_accuracy`");
        enough(rule, self.k, x)
    }

    /// The labels are below the number of classes.
    pub const fn limits(&self, x: &[Inferred]) -> [usize; MAX_PORTS] {
        rules::label_limits(x)
    }
}

op!(sparse_top_k_categorical_accuracy, SparseTopKCategoricalAccuracyAt, limits);

impl Op for sparse_top_k_categorical_accuracy {
    const KEEPS: Keeps = Keeps::NOTHING;

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let classes = x[1].shape.last().get();
        for b in 0..call.rows(y[0].shape) {
            let labels = x[0].row(b).iter().map(|label| label.index());
            y[0].row(b).fill(among(self.k, labels, x[1].row(b).chunks_exact(classes)));
        }
    }

    crate::ops::not_differentiable!();
}

/// `rule`, where there are `k` classes.
const fn enough(rule: Inferred, k: usize, x: &[Inferred]) -> Inferred {
    match (rule, x) {
        (Inferred::Ok(_), [_, Inferred::Ok(y_pred)]) if k == 0 || k > y_pred.last().get() => {
            not_among("k", k, y_pred)
        }
        (rule, _) => rule,
    }
}

/// How many of the labels have fewer than `k` predictions above theirs, as a share.
fn among<'a, F: Float>(
    k: usize,
    labels: impl ExactSizeIterator<Item = usize>,
    rows: impl Iterator<Item = &'a [F]>,
) -> F {
    let count = labels.len();
    let above = |label: usize, p: &[F]| p.iter().filter(|q| **q > p[label]).count();
    share(labels.zip(rows).filter(|(label, p)| above(*label, p) < k).count(), count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, ints, shape, values};

    #[test]
    fn forward() {
        let (dense, sparse) =
            (top_k_categorical_accuracy::new(), sparse_top_k_categorical_accuracy::new());
        for (k, t, p) in [
            (1, ints([], 1), shape([1])),
            (2, ints([], 3), shape([3])),
            (3, ints([5, 1], 4), shape([5, 1, 4])),
        ] {
            check_op(&dense.k(k), top_k_categorical_accuracy::infer, &[p, p]);
            check_op(&sparse.k(k), sparse_top_k_categorical_accuracy::infer, &[t, p]);
        }
        assert_eq!(
            error(dense.infer(&values(&[shape([3]), shape([3])]))),
            "`k` is from 1 to 3, the classes of `y_pred` [3], found 5"
        );
    }

    #[test]
    fn of_equal_predictions_all_count() {
        let rows = [[0.5, 0.9, 0.5, 0.1]; 4];
        let found = |k| among::<f64>(k, 0..4, rows.iter().map(<[f64; 4]>::as_slice));
        assert_eq!([1, 2, 3, 4].map(found), [0.25, 0.75, 0.75, 1.0]);
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        use crate::metrics::golden::golden;
        golden!(
            top_k_categorical_accuracy::new().k(2),
            "TopKCategoricalAccuracy",
            "TopKCategoricalAccuracy_weighted"
        );
        golden!(
            sparse_top_k_categorical_accuracy::new().k(2),
            "SparseTopKCategoricalAccuracy",
            "SparseTopKCategoricalAccuracy_weighted"
        );
    }
}
