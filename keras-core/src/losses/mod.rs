//! Losses: ops with the targets first and the predictions second, as in Keras.
//!
//! The result is the loss of one example, shape `[]`: the mean over all its axes. The step takes the mean over the batch, so the
//! two together are Keras' `reduction = "sum_over_batch_size"`. Nothing broadcasts here.

mod form;
#[cfg(all(test, feature = "std"))]
pub(crate) mod golden;
mod pairs;
mod rows;
pub(crate) mod rules;
mod sparse;

pub use pairs::{
    absolute::mean_absolute_error,
    binary::binary_crossentropy,
    binary_focal::binary_focal_crossentropy,
    hinge::{hinge, squared_hinge},
    huber::huber,
    log_cosh::log_cosh,
    logarithmic::mean_squared_logarithmic_error,
    percentage::mean_absolute_percentage_error,
    poisson::poisson,
    squared::mean_squared_error,
};
pub use rows::{
    categorical::categorical_crossentropy,
    categorical_focal::categorical_focal_crossentropy,
    categorical_hinge::categorical_hinge,
    cosine::cosine_similarity,
    divergence::kl_divergence,
    overlap::{dice, tversky},
};
pub use sparse::sparse_categorical_crossentropy;
