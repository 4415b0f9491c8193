//! Losses: ops with the targets first and the predictions second, as in Keras.
//!
//! The result is the loss of one example, shape `[]`: the mean over all its axes. The step takes the mean over the batch, so the
//! two together are Keras' `reduction = "sum_over_batch_size"`. Nothing broadcasts here.

mod absolute;
mod binary;
mod categorical;
#[cfg(all(test, feature = "std"))]
pub(crate) mod golden;
mod pairs;
pub(crate) mod rules;
mod sparse;
mod squared;

pub use absolute::mean_absolute_error;
pub use binary::binary_crossentropy;
pub use categorical::categorical_crossentropy;
pub use sparse::sparse_categorical_crossentropy;
pub use squared::mean_squared_error;

use crate::float::Float;

/// Probabilities are clipped to `EPSILON..=1 − EPSILON` before a logarithm, as `keras.config.epsilon()`.
const EPSILON: f64 = 1e-7;

/// `q`, at least [`EPSILON`] and at most `1 − EPSILON`.
#[inline(always)]
fn clipped<F: Float>(q: F) -> F {
    q.max(F::of(EPSILON)).min(F::of(1.0 - EPSILON))
}

/// Whether [`clipped`] leaves `q` as it is: elsewhere its derivative is 0.
#[inline(always)]
fn is_inside<F: Float>(q: F) -> bool {
    q > F::of(EPSILON) && q < F::of(1.0 - EPSILON)
}
