//! Learning rates that depend on the step, as `keras.optimizers.schedules`.

mod cosine;
mod decay;

use core::fmt;
use std::sync::Arc;

pub use cosine::{CosineDecay, CosineDecayRestarts};
pub use decay::{ExponentialDecay, InverseTimeDecay, PiecewiseConstantDecay, PolynomialDecay};

use super::{OptimizerError, Range};
use crate::float::Float;

/// A learning rate for each step. Every function or closure `Fn(u64) -> f64` is one.
///
/// ```
/// use keras_core::prelude::*;
///
/// let sgd = Sgd::<f32>::new().learning_rate(|step: u64| 0.1 / (1 + step) as f64);
/// ```
///
/// Follows `keras.optimizers.schedules.LearningRateSchedule`.
pub trait Schedule: Send + Sync {
    /// The learning rate of step `step`, counted from 0.
    fn at(&self, step: u64) -> f64;

    /// An error where an argument is out of range.
    ///
    /// # Errors
    /// None unless the schedule has arguments and says so.
    fn check(&self) -> Result<(), OptimizerError> {
        Ok(())
    }

    /// What it is called when an optimizer is printed.
    fn name(&self) -> &'static str {
        core::any::type_name::<Self>()
    }
}

impl<T: Fn(u64) -> f64 + Send + Sync> Schedule for T {
    fn at(&self, step: u64) -> f64 {
        self(step)
    }
}

/// The learning rate of an optimizer: made of a number or a [`Schedule`] by `into`.
#[derive(Clone)]
pub enum LearningRate {
    /// The same in every step, until it is set anew.
    Number(f64),
    /// What the schedule says.
    Schedule(Arc<dyn Schedule>),
}

impl LearningRate {
    /// The learning rate of step `step`, counted from 0.
    pub fn at(&self, step: u64) -> f64 {
        match self {
            LearningRate::Number(number) => *number,
            LearningRate::Schedule(schedule) => schedule.at(step),
        }
    }

    /// An error where an argument of the schedule is out of range.
    pub(super) fn check(&self) -> Result<(), OptimizerError> {
        match self {
            LearningRate::Number(_) => Ok(()),
            LearningRate::Schedule(schedule) => schedule.check(),
        }
    }

    /// Sets the number.
    pub(super) fn set<F: Float>(&mut self, value: f64) -> Result<(), OptimizerError> {
        let LearningRate::Number(number) = self else {
            return Err(OptimizerError::Scheduled { value });
        };
        Range::AT_LEAST_0.check_as::<F>("learning_rate", value)?;
        *number = value;
        Ok(())
    }
}

impl From<f64> for LearningRate {
    fn from(number: f64) -> Self {
        LearningRate::Number(number)
    }
}

impl<S: Schedule + 'static> From<S> for LearningRate {
    fn from(schedule: S) -> Self {
        LearningRate::Schedule(Arc::new(schedule))
    }
}

impl fmt::Debug for LearningRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LearningRate::Number(number) => fmt::Debug::fmt(number, f),
            LearningRate::Schedule(schedule) => f.write_str(schedule.name()),
        }
    }
}

#[cfg(test)]
mod tests;
