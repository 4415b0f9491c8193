//! Callbacks: what a user does while a model trains, evaluates or predicts.

use std::path::PathBuf;

use super::Logs;
use crate::backend::{Backend, Native};
use crate::float::Float;
use crate::model::Model;
use crate::net::Net;

mod backup_and_restore;
mod csv_logger;
mod early_stopping;
mod lambda_callback;
mod learning_rate_scheduler;
mod list;
mod model_checkpoint;
mod monitor;
mod progress;
mod reduce_lr_on_plateau;
mod template;
#[cfg(feature = "tensorboard")]
mod tensor_board;
mod terminate_on_nan;

pub use backup_and_restore::BackupAndRestore;
pub use csv_logger::CSVLogger;
pub use early_stopping::EarlyStopping;
pub use lambda_callback::LambdaCallback;
pub use learning_rate_scheduler::LearningRateScheduler;
pub use model_checkpoint::{ModelCheckpoint, SaveFreq};
pub use monitor::Mode;
pub use progress::ProgressBar;
pub use reduce_lr_on_plateau::ReduceLROnPlateau;
#[cfg(feature = "tensorboard")]
pub use tensor_board::TensorBoard;
pub use terminate_on_nan::TerminateOnNaN;

pub(crate) use list::{Callbacks, Failure, Hook};

/// The error of a callback: any error, with `?`, or a text with `.into()`.
pub type CallbackError = Box<dyn core::error::Error + Send + Sync>;

/// What the functions of a callback return.
pub type CallbackResult = Result<(), CallbackError>;

/// What is called at the moments of training, as `keras.callbacks.Callback`; every function may be left out.
///
/// In an epoch of two batches, with validation, the order is `on_train_begin`, `on_epoch_begin`, (`on_batch_begin`,
/// `on_batch_end`) twice, `on_test_begin`, (`on_test_batch_begin`, `on_test_batch_end`) for each batch, `on_test_end`,
/// `on_epoch_end`, `on_train_end`. Epochs and batches are counted from 0. Several callbacks are called in the order in which they
/// were given; each sees, in the logs, what the ones before it set. An error ends `fit`.
///
/// ```
/// use keras_core::prelude::*;
/// # model! { pub struct Net { input x: [2]; output y = Dense::new(1)(x); target t: [1]; loss mean_squared_error(t, y); } }
///
/// /// Halves the learning rate after each epoch, until it is small.
/// struct Halve { least: f64 }
///
/// impl Callback<Net> for Halve {
///     fn on_epoch_end(&mut self, _epoch: usize, at: &mut Context<Net>) -> CallbackResult {
///         let rate = at.model.optimizer().learning_rate() / 2.0;
///         if rate < self.least {
///             at.stop_training();
///         }
///         at.logs.set("learning_rate", rate);
///         Ok(at.model.optimizer().set_learning_rate(rate)?)
///     }
/// }
///
/// let data = NetData { x: &[[0.0, 1.0], [1.0, 0.0]], t: &[1.0, 0.0] };
/// let fit = Fit::new().epochs(100).verbose(0).callback(Halve { least: 1e-4 });
/// let history = Net::new(1).fit(data, fit)?;
/// assert_eq!(history.get("learning_rate"), [0.0005, 0.00025, 0.000125, 0.0000625]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[allow(unused_variables)]
pub trait Callback<N: Net, F: Float = f32, B: Backend = Native> {
    /// Before the first epoch.
    fn on_train_begin(&mut self, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        Ok(())
    }
    /// After the last epoch, however training ended, unless by an error.
    fn on_train_end(&mut self, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        Ok(())
    }
    /// Before an epoch.
    fn on_epoch_begin(&mut self, epoch: usize, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        Ok(())
    }
    /// After an epoch and its validation. The logs hold the numbers of the epoch; they go to the history as callbacks leave
    /// them.
    fn on_epoch_end(&mut self, epoch: usize, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        Ok(())
    }
    /// Before a training step.
    fn on_batch_begin(&mut self, batch: usize, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        Ok(())
    }
    /// After a training step. The logs hold the means of the epoch so far.
    ///
    /// Where the loss was not finite the step was not taken, and `loss` is that loss: whoever then stops the training ends it
    /// without an error.
    fn on_batch_end(&mut self, batch: usize, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        Ok(())
    }
    /// Before an evaluation, also that of the validation data.
    fn on_test_begin(&mut self, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        Ok(())
    }
    /// After it. The logs hold its numbers.
    fn on_test_end(&mut self, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        Ok(())
    }
    /// Before a batch of an evaluation.
    fn on_test_batch_begin(
        &mut self,
        batch: usize,
        at: &mut Context<'_, N, F, B>,
    ) -> CallbackResult {
        Ok(())
    }
    /// After it. The logs hold the means so far.
    fn on_test_batch_end(&mut self, batch: usize, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        Ok(())
    }
    /// Before a prediction.
    fn on_predict_begin(&mut self, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        Ok(())
    }
    /// After it.
    fn on_predict_end(&mut self, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        Ok(())
    }
    /// Before a batch of a prediction.
    fn on_predict_batch_begin(
        &mut self,
        batch: usize,
        at: &mut Context<'_, N, F, B>,
    ) -> CallbackResult {
        Ok(())
    }
    /// After it.
    fn on_predict_batch_end(
        &mut self,
        batch: usize,
        at: &mut Context<'_, N, F, B>,
    ) -> CallbackResult {
        Ok(())
    }

    /// What the callback must find again when training is resumed from a backup, as numbers: the best value so far, how
    /// long it has waited.
    fn state(&self) -> Vec<f64> {
        Vec::new()
    }
    /// Takes what [`state`](Self::state) gave.
    ///
    /// # Errors
    /// Where it is not what `state` gives.
    fn set_state(&mut self, state: &[f64]) -> CallbackResult {
        if state.is_empty() { Ok(()) } else { Err("the backup is of other callbacks".into()) }
    }
    /// Its name in messages.
    fn name(&self) -> &str {
        let name = core::any::type_name::<Self>();
        let end = name.find('<').unwrap_or(name.len());
        &name[name[..end].rfind("::").map_or(0, |at| at + 2)..end]
    }
}

/// What a callback is given.
pub struct Context<'a, N: Net, F: Float = f32, B: Backend = Native> {
    /// The model: its weights, its variables, its optimizer.
    pub model: &'a mut Model<N, F, B>,
    /// How it is trained.
    pub params: &'a Params,
    /// The numbers so far; what a callback sets here later ones see. At the beginning of something they are empty.
    pub logs: &'a mut Logs,
    pub(crate) requests: &'a mut Requests,
}

impl<N: Net, F: Float, B: Backend> Context<'_, N, F, B> {
    /// Ends the training after this batch, or after this epoch, with its history, as `model.stop_training = True`.
    pub fn stop_training(&mut self) {
        self.requests.stop = true;
    }

    /// Whether training ends because the user interrupted it, as with Ctrl-C.
    pub fn is_interrupted(&self) -> bool {
        self.requests.interrupted
    }

    /// Saves the whole state of the training to `path`, after all callbacks of this moment.
    pub fn backup(&mut self, path: impl Into<PathBuf>) {
        self.requests.backup = Some(path.into());
    }

    /// In `on_train_begin`: goes on from the state of training in `path`, at the epoch and batch after it.
    pub fn resume(&mut self, path: impl Into<PathBuf>) {
        self.requests.resume = Some(path.into());
    }
}

/// What callbacks ask of the loop.
#[derive(Clone, Debug, Default)]
pub(crate) struct Requests {
    pub stop: bool,
    pub interrupted: bool,
    pub backup: Option<PathBuf>,
    pub resume: Option<PathBuf>,
}

/// How a model is trained, as Keras' `params`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Params {
    /// The number of the epoch at which training ends.
    pub epochs: usize,
    /// The number of the first epoch.
    pub initial_epoch: usize,
    /// The steps of an epoch; not known for a stream that tells no length.
    pub steps: Option<usize>,
    /// The examples of an epoch; not known for a stream.
    pub samples: Option<usize>,
    /// The examples of a step.
    pub batch_size: usize,
    /// What a person is shown: 0 nothing, 1 a bar, 2 a line an epoch.
    pub verbose: usize,
    /// The names that the logs of an epoch have before callbacks add theirs, `val_…` among them where there is validation.
    pub names: Vec<String>,
}

/// A callback that is borrowed: what it gathers can be read after `fit`.
impl<N: Net, F: Float, B: Backend, C: Callback<N, F, B> + ?Sized> Callback<N, F, B> for &mut C {
    list::passed_on! {
        on_train_begin(), on_train_end(), on_epoch_begin(epoch), on_epoch_end(epoch),
        on_batch_begin(batch), on_batch_end(batch), on_test_begin(), on_test_end(),
        on_test_batch_begin(batch), on_test_batch_end(batch), on_predict_begin(), on_predict_end(),
        on_predict_batch_begin(batch), on_predict_batch_end(batch)
    }

    fn state(&self) -> Vec<f64> {
        (**self).state()
    }

    fn set_state(&mut self, state: &[f64]) -> CallbackResult {
        (**self).set_state(state)
    }

    fn name(&self) -> &str {
        (**self).name()
    }
}

#[cfg(test)]
mod tests;
