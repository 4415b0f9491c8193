//! What can go wrong in training.

use crate::data::DataError;

/// Why training stopped. No step that went wrong was applied: the weights are those before it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FitError {
    /// The data does not fit the model; nothing was changed.
    #[error(transparent)]
    Data(#[from] DataError),
    /// The validation data does not fit the model; nothing was changed.
    #[error("validation data: {0}")]
    Validation(DataError),
    /// The mini-batches have no examples; nothing was changed.
    #[error("`batch_size` must be at least 1, found 0")]
    BatchSize,
    /// The learning rate is negative, NaN or infinite; nothing was changed.
    #[error("`learning_rate` must be a finite number of at least 0, found {value}")]
    LearningRate {
        /// The learning rate.
        value: f64,
    },
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
}
