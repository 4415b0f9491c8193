//! Losses: ops with the targets first and the predictions second, as in Keras.
//!
//! The result is the loss of one example, shape `[]`: the mean over all its axes. The step takes the mean over the batch, so the
//! two together are Keras' `reduction = "sum_over_batch_size"`. Nothing broadcasts here.

mod absolute;
mod binary;
mod categorical;
mod classes;
mod form;
#[cfg(all(test, feature = "std"))]
pub(crate) mod golden;
mod pairs;
mod rows;
pub(crate) mod rules;
mod sparse;
mod squared;

pub use absolute::mean_absolute_error;
pub use binary::binary_crossentropy;
pub use categorical::categorical_crossentropy;
pub use sparse::sparse_categorical_crossentropy;
pub use squared::mean_squared_error;
