//! What can go wrong in training.

use super::callback::CallbackError;
use super::{History, OptimizerError};
use crate::data::DataError;
use crate::weights::WeightsError;

/// Why a training step was not taken: the weights are those before it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum StepError {
    /// The data of the step does not fit the model.
    #[error(transparent)]
    Data(#[from] DataError),
    /// A loss is NaN or infinite.
    #[error(
        "epoch {epoch}, batch {batch}: the loss `{loss}` must be finite, found {value}; \
         lower the learning rate, or look for `ln(0)` and division by zero in the model"
    )]
    Loss {
        /// The epoch, counted from 1.
        epoch: usize,
        /// The mini-batch in the epoch, counted from 1.
        batch: usize,
        /// The name of the loss; `loss` for the sum with the penalties.
        loss: &'static str,
        /// What it was.
        value: f64,
    },
    /// The gradient of a weight is NaN or infinite though the loss is finite.
    #[error(
        "epoch {epoch}, batch {batch}: the gradient of `{weight}` must be finite, found {value}; \
         lower the learning rate, or look for a function without a derivative there, as `sqrt(0)`"
    )]
    Gradient {
        /// The epoch, counted from 1.
        epoch: usize,
        /// The mini-batch in the epoch, counted from 1.
        batch: usize,
        /// The path of the weight.
        weight: String,
        /// The first such number.
        value: f64,
    },
    /// What a layer makes of a weight that it updates is NaN or infinite though the loss is finite.
    #[error(
        "epoch {epoch}, batch {batch}: the update of `{weight}` must be finite, found {value}; \
         look for numbers that are too large for their squares, and for division by zero in the layer"
    )]
    Update {
        /// The epoch, counted from 1.
        epoch: usize,
        /// The mini-batch in the epoch, counted from 1.
        batch: usize,
        /// The path of the weight.
        weight: String,
        /// The first such number.
        value: f64,
    },
    /// The gradients given to a step are not one for each weight.
    #[error("the model has {expected} weights, found {found} gradients")]
    Gradients {
        /// The number of weights.
        expected: usize,
        /// The number of gradients.
        found: usize,
    },
}

/// Why `fit`, or one of its relatives, ended.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FitError {
    /// The data does not fit the model; nothing was changed.
    #[error(transparent)]
    Data(#[from] DataError),
    /// The validation data does not fit the model. Nothing was changed, unless the data is a file or a stream, whose numbers are
    /// checked when they are read.
    #[error("validation data: {0}")]
    Validation(DataError),
    /// An argument is out of range; nothing was changed.
    #[error("`{argument}` {reason}")]
    Argument {
        /// The argument, as `batch_size`.
        argument: &'static str,
        /// What it must be, and what was found.
        reason: String,
    },
    /// An argument of the optimizer is out of range; nothing was changed.
    #[error(transparent)]
    Optimizer(#[from] OptimizerError),
    /// A step could not be taken; the weights are those before it.
    #[error("{source}")]
    Step {
        /// Why.
        #[source]
        source: StepError,
        /// The epochs before.
        history: History,
    },
    /// The data came to its end before the last epoch.
    #[error(
        "epoch {epoch}: the data has come to its end after {batches} batches; \
         use `Stream::repeat`, or fewer `epochs` or `steps_per_epoch`"
    )]
    Exhausted {
        /// The epoch, counted from 1.
        epoch: usize,
        /// The batches of this epoch that there were.
        batches: usize,
        /// The epochs before.
        history: History,
    },
    /// A callback failed; the weights are as it left them.
    #[error("{callback}, `{hook}`: {source}")]
    Callback {
        /// The callback.
        callback: String,
        /// In which of its functions.
        hook: &'static str,
        /// Its error.
        source: CallbackError,
        /// The epochs before.
        history: History,
    },
    /// The state of training could not be saved or restored; the model is as it was.
    #[error("{source}")]
    State {
        /// Why.
        #[source]
        source: Box<WeightsError>,
        /// The epochs before.
        history: History,
    },
}

impl FitError {
    /// The epochs that were trained before the error, where training had begun.
    pub fn history(&self) -> Option<&History> {
        match self {
            FitError::Step { history, .. }
            | FitError::Exhausted { history, .. }
            | FitError::Callback { history, .. }
            | FitError::State { history, .. } => Some(history),
            _ => None,
        }
    }

    pub(crate) fn argument(argument: &'static str, reason: impl Into<String>) -> Self {
        FitError::Argument { argument, reason: reason.into() }
    }
}
