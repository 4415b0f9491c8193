//! Optimizers over the flat weights, with Keras' algorithms, arguments and defaults.
//!
//! An algorithm is a [`Rule`]: hyper-parameters, slots, and the update of a stretch of weights. [`Optimize`] makes an optimizer
//! of it, with all that optimizers share. What runs training knows the trait [`Optimizer`] alone.

mod adadelta;
mod adagrad;
mod adam;
mod adamax;
mod adamw;
mod error;
mod ftrl;
mod hyperparameters;
mod lion;
mod nadam;
mod optimize;
mod progress;
mod rmsprop;
mod rule;
mod sgd;
mod shared;
mod state;

use core::fmt::Debug;
use core::ops::Range as Indices;

pub use adadelta::{Adadelta, AdadeltaRule};
pub use adagrad::{Adagrad, AdagradRule};
pub use adam::{Adam, AdamRule};
pub use adamax::{Adamax, AdamaxRule};
pub use adamw::AdamW;
pub use error::OptimizerError;
pub use ftrl::{Ftrl, FtrlRule};
pub use hyperparameters::{Hyperparameter, Hyperparameters, Range};
pub use lion::{Lion, LionRule};
pub use nadam::{Nadam, NadamRule};
pub use optimize::Optimize;
pub use rmsprop::{RMSprop, RMSpropRule};
pub use rule::{Now, Rule, SLOTS, Slot, Stretch};
pub use sgd::{SGD, Sgd, SgdRule};
pub use state::OptimizerState;

use crate::float::Float;

/// How gradients change weights. The value holds its own state: slots such as moments, and how many steps there were.
pub trait Optimizer<F>: Debug + Send + Sync {
    /// The name, as `keras.optimizers.get` and [`by_name`] take it.
    fn name(&self) -> &'static str;
    /// Takes one step: changes those of the `weights` that are in `variables` along `gradients`, which is as long and is
    /// changed too where gradients are clipped or gathered over steps.
    ///
    /// A first step, and one with another number of weights than the one before, begins with a fresh state.
    fn step(&mut self, weights: &mut [F], gradients: &mut [F], variables: &[Variable]);
    /// Ends training: puts moving averages of the weights, where there are any, in the weights, as
    /// `keras.optimizers.Optimizer.finalize_variable_values`.
    fn finalize(&mut self, weights: &mut [F], variables: &[Variable]);
    /// An error where a hyper-parameter or an argument of the schedule is out of range.
    fn check(&self) -> Result<(), OptimizerError>;
    /// The hyper-parameter `name`; a flag is 0 or 1. Nothing where there is none, or it is optional and not set.
    fn get(&self, name: &str) -> Option<f64>;
    /// Sets the hyper-parameter `name` for the steps that follow; the state stays.
    ///
    /// # Errors
    /// Where there is none of this name, the value is out of range, or a schedule gives it; nothing was changed.
    fn set(&mut self, name: &str, value: f64) -> Result<(), OptimizerError>;
    /// The names and values of all hyper-parameters that are set.
    fn hyperparameters(&self) -> Vec<(&'static str, f64)>;
    /// The learning rate of the next step.
    fn learning_rate(&self) -> f64;
    /// Sets the learning rate of the steps that follow; the state stays.
    ///
    /// # Errors
    /// As [`set`](Self::set).
    fn set_learning_rate(&mut self, learning_rate: f64) -> Result<(), OptimizerError> {
        self.set("learning_rate", learning_rate)
    }
    /// How many updates there were: as many as steps, unless gradients are gathered over several.
    fn iterations(&self) -> u64;
    /// The whole state, for a checkpoint.
    fn state(&self) -> OptimizerState<F>;
    /// Goes on from a state: the steps that follow are, bit for bit, those of the optimizer that gave it.
    ///
    /// # Errors
    /// Where it is not the state of such an optimizer; nothing was changed.
    fn restore(&mut self, state: OptimizerState<F>) -> Result<(), OptimizerError>;
    /// A copy with its state, for a copy of the model: `Box::new(self.clone())`.
    fn boxed(&self) -> Box<dyn Optimizer<F>>;
    /// The optimizer as a model keeps it.
    fn into_box(self) -> Box<dyn Optimizer<F>>
    where
        Self: Sized + 'static,
    {
        Box::new(self)
    }
}

/// One trainable weight tensor of a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The names of the layers it is in and its own: `head/kernel`.
    pub path: String,
    /// Where it is among all weights.
    pub range: Indices<usize>,
}

/// The built-in optimizer `name` with its defaults, as `keras.optimizers.get`: `adam`, `sgd`, `rmsprop`, … in any case.
pub fn by_name<F: Float>(name: &str) -> Option<Box<dyn Optimizer<F>>> {
    F::optimizer(name)
}

/// [`by_name`], where it is compiled.
pub(crate) fn built_in<F: Float>(name: &str) -> Option<Box<dyn Optimizer<F>>> {
    fn new<R: Rule, F: Float>() -> Box<dyn Optimizer<F>> {
        boxed(Optimize::<R, F>::new())
    }
    let all = [
        new::<AdadeltaRule, F>,
        new::<AdagradRule, F>,
        new::<AdamRule, F>,
        new::<AdamRule<true>, F>,
        new::<AdamaxRule, F>,
        new::<FtrlRule, F>,
        new::<LionRule, F>,
        new::<NadamRule, F>,
        new::<RMSpropRule, F>,
        new::<SgdRule, F>,
    ];
    all.iter().map(|new| new()).find(|optimizer| optimizer.name().eq_ignore_ascii_case(name))
}

/// The optimizer as a trait object, compiled where this is called.
pub(crate) fn boxed<R: Rule, F: Float>(optimizer: Optimize<R, F>) -> Box<dyn Optimizer<F>> {
    Box::new(optimizer)
}

#[cfg(test)]
pub(super) mod tests;
