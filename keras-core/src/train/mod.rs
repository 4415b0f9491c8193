//! Training on a host: [`Fit`], optimizers, history.

mod error;
mod fit;
mod history;
mod optimizer;
mod penalty;
mod step;
mod steps;

pub use error::FitError;
pub use fit::Fit;
pub(crate) use fit::{State, Trainer, evaluate};
pub use history::{History, Logs};
pub use optimizer::{Adam, Optimizer, Sgd};
pub use steps::Steps;

#[cfg(test)]
mod tests;
