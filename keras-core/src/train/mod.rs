#![doc = include_str!("../../docs/train.md")]

pub mod callback;
mod error;
mod evaluation;
mod fit;
mod history;
#[cfg(feature = "interrupt")]
mod interrupt;
mod logs;
pub(crate) mod optimizer;
mod penalty;
mod prediction;
mod schedule;
mod session;
mod source;
pub(crate) mod state;
pub(crate) mod step;
mod steps;
mod totals;
mod trainer;

pub use callback::{Callback, CallbackError, CallbackResult, Context, Params};
pub use error::{FitError, StepError};
pub use evaluation::Evaluate;
pub(crate) use evaluation::evaluate;
pub use fit::{Fit, Verbose};
pub use history::History;
pub use logs::Logs;
pub use optimizer::{
    Adadelta, AdadeltaRule, Adagrad, AdagradRule, Adam, AdamRule, AdamW, Adamax, AdamaxRule, Ftrl,
    FtrlRule, Hyperparameter, Hyperparameters, Lion, LionRule, Nadam, NadamRule, Now, Optimize,
    Optimizer, OptimizerError, OptimizerState, RMSprop, RMSpropRule, Range, Rule, SGD, SLOTS, Sgd,
    SgdRule, Slot, Stretch, Variable, by_name,
};
pub use prediction::Predict;
pub use schedule::{
    CosineDecay, CosineDecayRestarts, ExponentialDecay, InverseTimeDecay, LearningRate,
    PiecewiseConstantDecay, PolynomialDecay, Schedule,
};
pub(crate) use session::fit;
pub use steps::Steps;
pub(crate) use trainer::Trainer;

use crate::net::Variables;

/// The values of the variables, in order.
fn numbers<V: Variables>(variables: &V) -> impl Iterator<Item = f64> + '_ {
    (0..V::NAMES.len()).map(|i| variables.get(i))
}

#[cfg(test)]
mod tests;
