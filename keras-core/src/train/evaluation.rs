//! The losses and metrics of data, outside of training.

use super::callback::{Callback, Callbacks, Context, Hook, Params, Requests};
use super::source::{Table, Weights};
use super::totals::Totals;
use super::{FitError, Logs, numbers};
use crate::backend::{Backend, Native};
use crate::data::{Column, Columns, DataError, Dataset};
use crate::float::Float;
use crate::model::Model;
use crate::net::Net;
use crate::pass::{BATCH, Pass};

/// An evaluation, batch by batch.
pub(crate) struct Evaluation<'a, F> {
    table: Table<'a, F>,
    weights: Weights<'a, F>,
    size: usize,
    pass: Pass<F>,
    totals: Totals,
    batch: usize,
}

impl<'a, F: Float> Evaluation<'a, F> {
    pub(super) fn of<N: Net>(table: Table<'a, F>, weights: Weights<'a, F>) -> Self {
        let (pass, totals) = (Pass::default(), Totals::of::<N>());
        Evaluation { table, weights, size: BATCH, pass, totals, batch: 0 }
    }

    /// Begins anew.
    pub(super) fn begin(&mut self) {
        self.totals.clear();
        self.batch = 0;
    }

    /// The number of the next batch, if there is one.
    pub(super) fn next_batch(&self) -> Option<usize> {
        (self.batch * self.size < self.table.rows()).then_some(self.batch)
    }

    /// Takes the next batch.
    pub(super) fn step<N: Net, B: Backend>(
        &mut self,
        model: &Model<N, F, B>,
    ) -> Result<(), DataError> {
        let start = self.batch * self.size;
        let rows = start..self.table.rows().min(start + self.size);
        let variables = numbers(&model.variables);
        self.table.stage(rows, &mut self.pass, variables, &self.weights)?;
        self.pass.infer::<N::Objective, B>(&model.weights);
        let penalty = model.trainer.plan.penalty(&model.weights);
        self.totals.add::<N, F>(&self.pass, penalty);
        self.batch += 1;
        Ok(())
    }

    pub(super) fn logs<N: Net>(&self) -> Logs {
        self.totals.logs::<N>()
    }
}

/// All of `data` at once, without anybody that looks on.
pub(crate) fn evaluate<N: Net, F: Float, B: Backend>(
    model: &Model<N, F, B>,
    data: &dyn Dataset<N, F>,
) -> Result<Logs, DataError> {
    let columns = Columns::dataset::<N>(data)?;
    let mut all = Evaluation::of::<N>(Table::of(&columns, 0..columns.rows()), Weights::NONE);
    while all.next_batch().is_some() {
        all.step(model)?;
    }
    Ok(all.logs::<N>())
}

/// How to evaluate, as the arguments of Keras' `evaluate`: see [`Model::evaluate_with`].
pub struct Evaluate<'a, N: Net, F: Float = f32, B: Backend = Native> {
    batch_size: usize,
    sample_weight: Option<&'a dyn Column<F>>,
    weigh_metrics: bool,
    steps: Option<usize>,
    callbacks: Callbacks<'a, N, F, B>,
}

impl<N: Net, F: Float, B: Backend> Default for Evaluate<'_, N, F, B> {
    fn default() -> Self {
        Evaluate {
            batch_size: BATCH,
            sample_weight: None,
            weigh_metrics: false,
            steps: None,
            callbacks: Callbacks::default(),
        }
    }
}

impl<'a, N: Net, F: Float, B: Backend> Evaluate<'a, N, F, B> {
    /// All examples, each counting alike.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many examples are computed at once; the result does not depend on it but for rounding.
    pub fn batch_size(self, batch_size: usize) -> Self {
        Evaluate { batch_size, ..self }
    }

    /// What each example counts in the losses; see [`Fit::sample_weight`](super::Fit::sample_weight).
    pub fn sample_weight(self, weights: &'a dyn Column<F>) -> Self {
        Evaluate { sample_weight: Some(weights), ..self }
    }

    /// Whether those weights count in the metrics too.
    pub fn weighted_metrics(self, weighted: bool) -> Self {
        Evaluate { weigh_metrics: weighted, ..self }
    }

    /// At most so many batches.
    pub fn steps(self, steps: usize) -> Self {
        Evaluate { steps: Some(steps), ..self }
    }

    /// Calls `callback` before and after the whole and each batch.
    pub fn callback(mut self, callback: impl Callback<N, F, B> + 'a) -> Self {
        self.callbacks.push(callback);
        self
    }

    pub(crate) fn run(
        mut self,
        model: &mut Model<N, F, B>,
        data: &dyn Dataset<N, F>,
    ) -> Result<Logs, FitError> {
        if self.batch_size == 0 {
            return Err(FitError::argument("batch_size", "must be at least 1, found 0"));
        }
        let columns = Columns::dataset::<N>(data)?;
        let rows = columns.rows();
        let weights = Weights::of::<N>(self.sample_weight, &[], Some(rows))?;
        let mut all = Evaluation::of::<N>(Table::of(&columns, 0..rows), weights);
        all.size = self.batch_size;
        all.totals.weigh_metrics = self.weigh_metrics;
        let params = params(rows, self.batch_size, self.steps);
        let mut requests = Requests::default();
        let mut logs = Logs::default();
        let mut call = |hook, model: &mut _, logs: &mut _| {
            let (params, requests) = (&params, &mut requests);
            let mut at = Context { model, params, logs, requests };
            self.callbacks.call(hook, &mut at).map_err(|failure| failure.alone())
        };
        call(Hook::TestBegin, model, &mut logs)?;
        while let Some(batch) = all.next_batch().filter(|i| Some(*i) < params.steps) {
            call(Hook::TestBatchBegin(batch), model, &mut logs)?;
            all.step(model)?;
            logs = all.logs::<N>();
            call(Hook::TestBatchEnd(batch), model, &mut logs)?;
        }
        call(Hook::TestEnd, model, &mut logs)?;
        Ok(logs)
    }
}

/// The parameters of a run over `rows` examples.
pub(super) fn params(rows: usize, batch_size: usize, steps: Option<usize>) -> Params {
    let all = rows.div_ceil(batch_size);
    let steps = steps.unwrap_or(all).min(all);
    Params { steps: Some(steps), samples: Some(rows), batch_size, ..Params::default() }
}
