//! Training on a host: [`Fit`], optimizers, history.

mod error;
mod fit;
mod history;
mod optimizer;
mod penalty;
mod step;

pub use error::FitError;
pub use fit::Fit;
pub(crate) use fit::{State, Trainer, evaluate};
pub use history::{History, Logs};
pub use optimizer::{Adam, Optimizer, Sgd};

#[cfg(test)]
mod tests;
