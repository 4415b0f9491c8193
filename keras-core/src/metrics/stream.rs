//! Metrics outside of a model: for loops of one's own.

use ndarray::{Array2, ArrayRef, Dimension, Ix1};

use crate::data::Number;
use crate::float::Float;
use crate::net::result;
use crate::ops::Rule;
use crate::ops::eager::{Batch, CallError, Operands, known};
use crate::shape::{Inferred, one_metric};

/// A metric that is fed batch by batch: Keras' `update_state`, `result` and `reset_state`.
///
/// Any metric or loss of two inputs will do, with its options. The result is exact over all that was fed, in whatever
/// batches; it is computed in `f64`.
///
/// ```
/// use keras_core::metrics::{Stream, recall};
/// use ndarray::array;
///
/// let mut recall = Stream::new(recall::new().thresholds(0.4));
/// recall.update(&array![1, 1, 0], &array![0.9, 0.1, 0.7])?;
/// recall.update(&array![1], &array![0.5])?;
/// assert_eq!(recall.result(), 2.0 / 3.0);
///
/// recall.reset();
/// recall.update_weighted(&array![1, 1], &array![0.9, 0.1], &array![3.0, 1.0])?;
/// assert_eq!(recall.result(), 0.75);
/// # Ok::<(), keras_core::metrics::StreamError>(())
/// ```
///
/// Follows `keras.metrics.Metric`.
#[derive(Clone, Debug)]
pub struct Stream<M> {
    metric: M,
    totals: Vec<f64>,
    weight: f64,
}

/// Why a batch does not fit a metric. The [`Stream`] is as it was before.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum StreamError {
    /// The arrays do not fit each other or the metric.
    #[error(transparent)]
    Call(#[from] CallError),
    /// A batch has another number of classes than those before.
    #[error(
        "a batch gives {found} statistics, those before gave {expected}; feed the same classes, or `reset` first"
    )]
    Statistics {
        /// The statistics of the batches before.
        expected: usize,
        /// Those of this batch.
        found: usize,
    },
}

impl<M: Rule> Stream<M> {
    /// Nothing was fed yet.
    pub const fn new(metric: M) -> Self {
        Stream { metric, totals: Vec::new(), weight: 0.0 }
    }

    /// Takes a batch: axis 0 of both arrays counts the examples, the other axes are what the metric takes for one example.
    /// Numbers may have any type; where the metric takes labels, they are checked.
    ///
    /// # Errors
    /// Where the arrays do not fit each other or the metric.
    pub fn update<T: Number, U: Number, D: Dimension, E: Dimension>(
        &mut self,
        y_true: &ArrayRef<T, D>,
        y_pred: &ArrayRef<U, E>,
    ) -> Result<(), StreamError> {
        self.add(&Operands::new(&self.metric, y_true, y_pred)?, None)
    }

    /// As [`update`](Self::update), where each example counts `sample_weight` times.
    ///
    /// # Errors
    /// As [`update`](Self::update), and where there is not one weight an example.
    pub fn update_weighted<T: Number, U: Number, V: Number, D: Dimension, E: Dimension>(
        &mut self,
        y_true: &ArrayRef<T, D>,
        y_pred: &ArrayRef<U, E>,
        sample_weight: &ArrayRef<V, Ix1>,
    ) -> Result<(), StreamError> {
        let operands = Operands::new(&self.metric, y_true, y_pred)?;
        let weights = Batch::of("sample_weight", sample_weight)?;
        weights.has_rows(operands.batch)?;
        self.add(&operands, Some(&weights.numbers))
    }

    /// The metric over all examples since the beginning or the last [`reset`](Self::reset); 0 where their weights sum to 0.
    pub fn result(&self) -> f64 {
        if self.weight == 0.0 {
            return 0.0;
        }
        result(&self.metric, M::RESULT, &self.totals, self.weight)
    }

    /// Forgets what was fed.
    pub fn reset(&mut self) {
        self.totals.clear();
        self.weight = 0.0;
    }

    fn add(&mut self, x: &Operands<f64>, weights: Option<&[f64]>) -> Result<(), StreamError> {
        known(one_metric(&Inferred::Ok(x.y), M::RESULT.is_some()))?;
        let (expected, found) = (self.totals.len(), x.y.len());
        if expected != 0 && expected != found {
            return Err(StreamError::Statistics { expected, found });
        }
        self.totals.resize(found, 0.0);
        for (row, statistics) in x.forward(&self.metric).chunks_exact(found).enumerate() {
            let weight = weights.map_or(1.0, |weights| weights[row]);
            self.weight += weight;
            self.totals.iter_mut().zip(statistics).for_each(|(total, s)| *total += weight * s);
        }
        Ok(())
    }
}

/// How often predictions of `classes` classes are what for which label: row `t`, column `p` counts the examples of class `t`
/// that are taken for class `p`.
///
/// ```
/// use keras_core::metrics::confusion_matrix;
/// use ndarray::array;
///
/// let found = confusion_matrix(&array![0, 0, 2], &array![0, 2, 2], 3)?;
/// assert_eq!(found, array![[1, 0, 1], [0, 0, 0], [0, 0, 1]]);
/// # Ok::<(), keras_core::metrics::StreamError>(())
/// ```
///
/// # Errors
/// Different numbers of labels and predictions, counted over all axes; one that is not an integer below `classes`.
///
/// Follows `tf.math.confusion_matrix`.
pub fn confusion_matrix<T: Number, U: Number, D: Dimension, E: Dimension>(
    labels: &ArrayRef<T, D>,
    predictions: &ArrayRef<U, E>,
    classes: usize,
) -> Result<Array2<u64>, StreamError> {
    let labels = Batch::<f64>::flat("y_true", labels);
    let predictions = Batch::<f64>::flat("y_pred", predictions);
    predictions.has_rows(labels.rows)?;
    labels.has_labels(classes)?;
    predictions.has_labels(classes)?;
    let mut matrix = Array2::zeros((classes, classes));
    for (t, p) in labels.numbers.iter().zip(&predictions.numbers) {
        matrix[[t.index(), p.index()]] += 1;
    }
    Ok(matrix)
}

#[cfg(test)]
mod tests {
    use ndarray::{ArrayView1, arr0, array, s};

    use super::*;
    use crate::losses::{mean_absolute_error, mean_squared_error};
    use crate::metrics::golden::golden;
    use crate::metrics::{
        auc, binary_accuracy, categorical_accuracy, f1_score, mean_iou, precision,
        sparse_categorical_accuracy, true_positives,
    };

    #[test]
    fn means_as_keras() {
        golden!(binary_accuracy::new(), "BinaryAccuracy", "BinaryAccuracy_weighted");
        golden!(categorical_accuracy {}, "CategoricalAccuracy", "CategoricalAccuracy_weighted");
        golden!(
            sparse_categorical_accuracy {},
            "SparseCategoricalAccuracy",
            "SparseCategoricalAccuracy_weighted"
        );
        golden!(mean_squared_error, "MeanSquaredError", "MeanSquaredError_weighted");
    }

    #[test]
    fn batches_do_not_matter() {
        let t: Vec<u8> = (0..60).map(|i| u8::from(i % 7 < 3)).collect();
        let p: Vec<f32> = (0..60).map(|i| (i * 37 % 61) as f32 / 60.0).collect();
        let (t, p) = (ArrayView1::from(&t), ArrayView1::from(&p));
        let area = |size: usize| {
            let mut stream = Stream::new(auc::new());
            for from in (0..60).step_by(size) {
                let rows = s![from..60.min(from + size)];
                stream.update(&t.slice(rows), &p.slice(rows)).unwrap();
            }
            stream.result()
        };
        assert_eq!([area(7), area(16), area(59)], [area(60); 3]);
        assert!(area(60) > 0.0 && area(60) < 1.0);
    }

    #[test]
    fn a_view_of_any_strides_is_read_in_its_order() {
        let t = array![[true, true], [false, true], [false, false]];
        let p = array![[0.9, 0.4, 0.1], [0.2, 0.7, 0.3]];
        let mut found = Stream::new(f1_score::new().threshold(0.5));
        found.update(&t, &p.t()).unwrap();
        // All is right in the first class; in the second one of two targets is found.
        assert!((found.result() - (1.0 + 2.0 / 3.0) / 2.0).abs() < 1e-15, "{}", found.result());
    }

    #[test]
    fn nothing_fed_is_nothing_found() {
        let mut error = Stream::new(mean_absolute_error);
        assert_eq!(error.result(), 0.0);
        error.update(&ArrayView1::<f32>::from(&[]), &ArrayView1::<f32>::from(&[])).unwrap();
        assert_eq!(error.result(), 0.0);
        error.update_weighted(&array![1.0, 5.0], &array![3.0, 5.0], &array![0, 0]).unwrap();
        assert_eq!(error.result(), 0.0);
        error.update_weighted(&array![1.0, 5.0], &array![3.0, 5.0], &array![3, 1]).unwrap();
        assert_eq!(error.result(), 1.5);
        error.reset();
        assert_eq!(error.result(), 0.0);
    }

    fn refused<M: Rule, T: Number, D: Dimension, U: Number, E: Dimension>(
        metric: M,
        y_true: &ArrayRef<T, D>,
        y_pred: &ArrayRef<U, E>,
    ) -> String {
        Stream::new(metric).update(y_true, y_pred).unwrap_err().to_string()
    }

    #[test]
    fn errors() {
        let rows = array![[0.5, 0.5], [0.1, 0.9]];
        assert_eq!(
            refused(precision::new(), &array![1.0], &array![0.5, 0.1]),
            "`y_pred` has 2 examples, but `y_true` has 1"
        );
        assert_eq!(
            refused(precision::new(), &array![1.0, 0.0], &rows),
            "precision: `y_true` [] and `y_pred` [2] must have the same shape"
        );
        assert_eq!(
            refused(precision::new(), &arr0(1.0), &rows),
            "`y_true` is one number; the first axis counts the examples"
        );
        assert_eq!(
            refused(sparse_categorical_accuracy {}, &array![1, 2], &rows),
            "`y_true`, row 1: expected an integer in 0..2, found 2"
        );
        assert_eq!(
            refused(mean_iou::new(3), &array![[1, 0], [2, 1]], &array![[1.0, 0.0], [0.0, 0.5]]),
            "`y_pred`, row 1: expected an integer in 0..3, found 0.5"
        );
        assert_eq!(
            refused(crate::ops::dot::new(), &rows, &array![[[1.0], [2.0]], [[3.0], [4.0]]]),
            "a metric must be [], one number for each example, found [1]; take `sum(…)` or `mean(…)` of it"
        );
        let mut found = Stream::new(true_positives::new());
        let weights = found.update_weighted(&array![1.0], &array![0.9], &array![1.0, 2.0]);
        assert_eq!(
            weights.unwrap_err().to_string(),
            "`sample_weight` has 2 examples, but `y_true` has 1"
        );
        assert_eq!(found.result(), 0.0);
    }

    #[test]
    fn the_classes_stay_the_same() {
        let mut found = Stream::new(f1_score::new());
        found.update(&array![[1.0, 0.0]], &array![[0.9, 0.1]]).unwrap();
        let three = found.update(&array![[1.0, 0.0, 0.0]], &array![[0.9, 0.1, 0.0]]);
        assert_eq!(three, Err(StreamError::Statistics { expected: 6, found: 9 }));
        assert_eq!(found.result(), 0.5);
    }

    #[test]
    fn confusion() {
        assert_eq!(
            confusion_matrix(&array![[0, 1], [1, 1]], &array![0, 1, 0, 1], 2),
            Ok(array![[1, 0], [1, 2]])
        );
        let refused = |found: Result<_, StreamError>| found.unwrap_err().to_string();
        assert_eq!(
            refused(confusion_matrix(&array![0, 1], &array![0, -1], 2)),
            "`y_pred`, row 1: expected an integer in 0..2, found -1"
        );
        assert_eq!(
            refused(confusion_matrix(&array![0, 1], &array![0], 2)),
            "`y_pred` has 1 examples, but `y_true` has 2"
        );
    }
}
