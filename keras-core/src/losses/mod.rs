//! Losses: ops with the targets first and the predictions second, as in Keras.
//!
//! The result is the loss of one example, shape `[]`: the mean over all its axes. The step takes the mean over the batch, so the
//! two together are Keras' `reduction = "sum_over_batch_size"`. Nothing broadcasts here.
//!
//! `model!` and `#[layer]` call them by name, with options as keywords:
//!
//! ```
//! use keras_core::prelude::*;
//!
//! model! {
//!     pub struct Net {
//!         input x: [4];
//!         target size: [2];
//!         target class: Label;
//!         let h = Dense::new(8).activation(Relu)(x);
//!         output y = Dense::new(2)(h);
//!         output scores = Dense::new(3)(h);
//!         loss huber(size, y, delta = 2.0);
//!         loss sparse_categorical_crossentropy(class, scores, from_logits = true, label_smoothing = 0.1);
//!     }
//! }
//!
//! let (x, size, class) = ([[1.0, 0.0, 0.5, 2.0]; 8], [[3.0, -1.0]; 8], [2u8; 8]);
//! let mut net = Net::new(1);
//! let data = NetData { x: &x, size: &size, class: &class };
//! let history = net.fit(data, Fit::new().epochs(3).verbose(false))?;
//! assert!(history.get("loss")[2] < history.get("loss")[0]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Elsewhere `value` and `gradient` call them on arrays.

mod form;
#[cfg(feature = "std")]
mod function;
#[cfg(all(test, feature = "std"))]
pub(crate) mod golden;
mod pairs;
mod rows;
pub(crate) mod rules;
mod sparse;

#[cfg(feature = "std")]
pub use function::{Loss, gradient, value};
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
