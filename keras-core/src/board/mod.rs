//! Training on a board: without an operating system and without a heap, in memory whose size the compiler knows.
//!
//! A [`Training`] holds all that changes: weights, one gradient for each, what the optimizer keeps, and the arena of a step. It
//! takes one example at a time and adds up the gradients; [`update`](Training::update) takes a step along their mean. So a batch
//! is as large as you like and takes no memory. What need not change is a model of its own, whose weights stay in flash
//! ([`Frozen`](crate::infer::Frozen)) and whose output is the input of the one that is trained.
//!
//! ```
//! use keras_core::board::{Sgd, Training};
//! use keras_core::prelude::*;
//!
//! model! {
//!     /// The last layer.
//!     pub struct Head {
//!         input x: [2];
//!         output y = Dense::new(3)(x);
//!         target label: Label;
//!         loss sparse_categorical_crossentropy(label, y, from_logits = true);
//!     }
//! }
//!
//! // On a board this is a `static`.
//! let mut head: Training<Head, Sgd, { Head::PARAMS }, { Head::TRAINING }> =
//!     Training::new([0.0; Head::PARAMS], Sgd::new(0.5));
//! let examples = [([1.0, 0.0], 0u8), ([0.0, 1.0], 1), ([-1.0, -1.0], 2)];
//! let mut losses = [0.0f32; 50];
//! for loss in &mut losses {
//!     for (x, label) in examples {
//!         *loss += head.example(&HeadData { x, label });
//!     }
//!     head.update();
//! }
//! assert!(losses[49] < 0.1 * losses[0]);
//! ```

mod training;
mod update;

pub use crate::row::{Example, Number, Row, RowOf};
pub use training::{Training, memory};
pub use update::{Adam, Sgd, Update};
