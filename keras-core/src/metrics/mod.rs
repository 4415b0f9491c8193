//! Metrics: ops like the losses, without a gradient. The result is that of one example, shape `[]`; the mean over the examples
//! of an epoch is what Keras' metric objects give.

mod binary;
mod categorical;
mod sparse;

pub use binary::binary_accuracy;
pub use categorical::categorical_accuracy;
pub use sparse::sparse_categorical_accuracy;

use crate::float::Float;

/// `right / count`.
#[inline(always)]
fn share<F: Float>(right: usize, count: usize) -> F {
    F::of(right as f64 / count as f64)
}
