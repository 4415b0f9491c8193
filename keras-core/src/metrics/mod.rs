//! Metrics: ops of targets and predictions like the losses, without a gradient.
//!
//! In a `model!` a metric is a line, `metric area = auc(t, y);`, and its number for an epoch is exact, whatever the batches.
//! Some give one number for each example, whose mean it is; the others give statistics, whose sums over the epoch are made one
//! number at its end (`Op::RESULT`). [`Stream`] does the same outside of a model.
//!
//! The losses are metrics too: `metric error = mean_absolute_error(t, y);`. So is any expression of one number an example: Keras'
//! metric `CosineSimilarity` is `metric similarity = -cosine_similarity(t, y);`, the loss with its sign turned.

mod area;
mod at;
mod binary;
mod categorical;
mod counts;
mod exact;
mod fbeta;
#[cfg(all(test, feature = "std"))]
pub(crate) mod golden;
mod iou;
mod positives;
mod r2;
mod rmse;
mod sparse;
#[cfg(feature = "std")]
mod stream;
mod thresholds;
mod top_k;

pub use area::{Curve, SummationMethod, auc};
pub use at::{
    precision_at_recall, recall_at_precision, sensitivity_at_specificity,
    specificity_at_sensitivity,
};
pub use binary::binary_accuracy;
pub use categorical::categorical_accuracy;
pub use exact::accuracy;
pub use fbeta::{Average, f1_score, fbeta_score};
pub use iou::mean_iou;
pub use positives::{
    false_negatives, false_positives, precision, recall, true_negatives, true_positives,
};
pub use r2::{ClassAggregation, r2_score};
pub use rmse::root_mean_squared_error;
pub use sparse::sparse_categorical_accuracy;
#[cfg(feature = "std")]
pub use stream::{Stream, StreamError, confusion_matrix};
pub use top_k::{sparse_top_k_categorical_accuracy, top_k_categorical_accuracy};

use crate::float::Float;

/// `right / count`.
#[inline(always)]
fn share<F: Float>(right: usize, count: usize) -> F {
    F::of(right as f64 / count as f64)
}
