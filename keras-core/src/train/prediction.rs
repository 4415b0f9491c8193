//! Predictions with callbacks.

use super::FitError;
use super::callback::{Callback, Callbacks, Context, Hook, Requests};
use super::evaluation::params;
use super::logs::Logs;
use crate::backend::{Backend, Native};
use crate::data::{Columns, Feed};
use crate::float::Float;
use crate::model::{Model, Outputs};
use crate::net::Net;
use crate::pass::BATCH;

/// How to predict, as the arguments of Keras' `predict`: see [`Model::predict_with`].
pub struct Predict<'a, N: Net, F: Float = f32, B: Backend = Native> {
    batch_size: usize,
    callbacks: Callbacks<'a, N, F, B>,
}

impl<N: Net, F: Float, B: Backend> Default for Predict<'_, N, F, B> {
    fn default() -> Self {
        Predict { batch_size: BATCH, callbacks: Callbacks::default() }
    }
}

impl<'a, N: Net, F: Float, B: Backend> Predict<'a, N, F, B> {
    /// All examples.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many examples are computed at once; the result does not depend on it.
    pub fn batch_size(self, batch_size: usize) -> Self {
        Predict { batch_size, ..self }
    }

    /// Calls `callback` before and after the whole and each batch.
    pub fn callback(mut self, callback: impl Callback<N, F, B> + 'a) -> Self {
        self.callbacks.push(callback);
        self
    }

    pub(crate) fn run<X: Feed<N::Feed, F>>(
        mut self,
        model: &mut Model<N, F, B>,
        x: &X,
    ) -> Result<N::Predicted<F>, FitError> {
        if self.batch_size == 0 {
            return Err(FitError::argument("batch_size", "must be at least 1, found 0"));
        }
        let columns = Columns::inputs::<N>(x)?;
        let params = params(Some(columns.rows()), self.batch_size, None);
        let (mut requests, mut logs) = (Requests::default(), Logs::default());
        let mut call = |hook, model: &mut _| {
            let (params, requests) = (&params, &mut requests);
            let mut at = Context { model, params, logs: &mut logs, requests };
            self.callbacks.call(hook, &mut at).map_err(|failure| failure.alone())
        };
        call(Hook::PredictBegin, model)?;
        let mut outputs = Outputs::of::<N::Call>();
        for (batch, start) in (0..columns.rows()).step_by(self.batch_size).enumerate() {
            call(Hook::PredictBatchBegin(batch), model)?;
            let rows = start..columns.rows().min(start + self.batch_size);
            outputs.run::<N::Call, B>(&model.weights, &columns, rows)?;
            call(Hook::PredictBatchEnd(batch), model)?;
        }
        call(Hook::PredictEnd, model)?;
        Ok(N::predicted(columns.rows(), outputs.numbers))
    }
}
