//! The callbacks of a `fit`, called one after the other.

use super::{Callback, CallbackError, CallbackResult, Context};
use crate::backend::Backend;
use crate::float::Float;
use crate::net::Net;
use crate::train::{FitError, History};

/// Writes the functions of a [`Callback`] that is a reference to another.
macro_rules! passed_on {
    ($($hook:ident($($count:ident)?)),* $(,)?) => {
        $(fn $hook(&mut self, $($count: usize,)? at: &mut Context<'_, N, F, B>) -> CallbackResult {
            (**self).$hook($($count,)? at)
        })*
    };
}
pub(super) use passed_on;

/// A moment at which callbacks are called; an epoch or batch with its number, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub(crate) enum Hook {
    TrainBegin,
    TrainEnd,
    EpochBegin(usize),
    EpochEnd(usize),
    BatchBegin(usize),
    BatchEnd(usize),
    TestBegin,
    TestEnd,
    TestBatchBegin(usize),
    TestBatchEnd(usize),
    PredictBegin,
    PredictEnd,
    PredictBatchBegin(usize),
    PredictBatchEnd(usize),
}

impl Hook {
    /// The function that is called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Hook::TrainBegin => "on_train_begin",
            Hook::TrainEnd => "on_train_end",
            Hook::EpochBegin(_) => "on_epoch_begin",
            Hook::EpochEnd(_) => "on_epoch_end",
            Hook::BatchBegin(_) => "on_batch_begin",
            Hook::BatchEnd(_) => "on_batch_end",
            Hook::TestBegin => "on_test_begin",
            Hook::TestEnd => "on_test_end",
            Hook::TestBatchBegin(_) => "on_test_batch_begin",
            Hook::TestBatchEnd(_) => "on_test_batch_end",
            Hook::PredictBegin => "on_predict_begin",
            Hook::PredictEnd => "on_predict_end",
            Hook::PredictBatchBegin(_) => "on_predict_batch_begin",
            Hook::PredictBatchEnd(_) => "on_predict_batch_end",
        }
    }

    fn call<N: Net, F: Float, B: Backend>(
        self,
        callback: &mut dyn Callback<N, F, B>,
        at: &mut Context<'_, N, F, B>,
    ) -> CallbackResult {
        match self {
            Hook::TrainBegin => callback.on_train_begin(at),
            Hook::TrainEnd => callback.on_train_end(at),
            Hook::EpochBegin(epoch) => callback.on_epoch_begin(epoch, at),
            Hook::EpochEnd(epoch) => callback.on_epoch_end(epoch, at),
            Hook::BatchBegin(batch) => callback.on_batch_begin(batch, at),
            Hook::BatchEnd(batch) => callback.on_batch_end(batch, at),
            Hook::TestBegin => callback.on_test_begin(at),
            Hook::TestEnd => callback.on_test_end(at),
            Hook::TestBatchBegin(batch) => callback.on_test_batch_begin(batch, at),
            Hook::TestBatchEnd(batch) => callback.on_test_batch_end(batch, at),
            Hook::PredictBegin => callback.on_predict_begin(at),
            Hook::PredictEnd => callback.on_predict_end(at),
            Hook::PredictBatchBegin(batch) => callback.on_predict_batch_begin(batch, at),
            Hook::PredictBatchEnd(batch) => callback.on_predict_batch_end(batch, at),
        }
    }
}

/// A callback that failed.
#[derive(Debug)]
pub(crate) struct Failure {
    pub callback: String,
    pub hook: &'static str,
    pub source: CallbackError,
}

impl Failure {
    /// The error of an evaluation or prediction, which has no history.
    pub(crate) fn alone(self) -> FitError {
        let Failure { callback, hook, source } = self;
        FitError::Callback { callback, hook, source, history: History::default() }
    }
}

/// All callbacks, in the order in which they are called.
pub(crate) struct Callbacks<'a, N: Net, F: Float, B: Backend> {
    list: Vec<Box<dyn Callback<N, F, B> + 'a>>,
}

impl<N: Net, F: Float, B: Backend> Default for Callbacks<'_, N, F, B> {
    fn default() -> Self {
        Callbacks { list: Vec::new() }
    }
}

impl<'a, N: Net, F: Float, B: Backend> Callbacks<'a, N, F, B> {
    pub(crate) fn push(&mut self, callback: impl Callback<N, F, B> + 'a) {
        self.list.push(Box::new(callback));
    }

    /// Whether nobody is called: then nothing need be prepared.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Calls one after the other; the first that fails is the last that is called.
    pub(crate) fn call(
        &mut self,
        hook: Hook,
        at: &mut Context<'_, N, F, B>,
    ) -> Result<(), Failure> {
        for callback in &mut self.list {
            hook.call(&mut **callback, at).map_err(|source| Failure {
                callback: callback.name().to_owned(),
                hook: hook.name(),
                source,
            })?;
        }
        Ok(())
    }

    /// The names and states, for a backup.
    pub(crate) fn states(&self) -> Vec<(String, Vec<f64>)> {
        self.list.iter().map(|c| (c.name().to_owned(), c.state())).collect()
    }

    /// Gives each callback its state from a backup, found by its name; one that the backup does not know begins anew.
    pub(crate) fn set_states(
        &mut self,
        mut states: Vec<(String, Vec<f64>)>,
    ) -> Result<(), Failure> {
        for callback in &mut self.list {
            let name = callback.name().to_owned();
            let Some(i) = states.iter().position(|(of, _)| *of == name) else { continue };
            let (_, state) = states.remove(i);
            let taken = callback.set_state(&state);
            taken.map_err(|source| Failure { callback: name, hook: "set_state", source })?;
        }
        Ok(())
    }
}
