//! The losses and metrics of data, outside of training.

use super::callback::{Callback, Callbacks, Context, Failure, Hook, Params, Requests};
use super::source::{Source, Weights};
use super::totals::Totals;
use super::{FitError, Logs, numbers};
use crate::backend::{Backend, Native};
use crate::data::{Column, DataError, Dataset};
use crate::float::Float;
use crate::model::Model;
use crate::net::Net;
use crate::pass::{BATCH, Pass};

/// An evaluation, batch by batch.
pub(crate) struct Evaluation<'a, F> {
    source: Source<'a, F>,
    weights: Weights<'a, F>,
    size: usize,
    pass: Pass<F>,
    totals: Totals,
    batch: usize,
    steps: usize,
}

impl<'a, F: Float> Evaluation<'a, F> {
    pub(super) fn of<N: Net>(source: Source<'a, F>) -> Self {
        let (pass, totals, weights) = (Pass::default(), Totals::of::<N>(), Weights::NONE);
        Evaluation { source, weights, size: BATCH, pass, totals, batch: 0, steps: usize::MAX }
    }

    /// At most so many batches: a stream that never ends needs a number.
    pub(super) fn limit(self, steps: Option<usize>) -> Result<Self, DataError> {
        match steps {
            None if self.source.is_endless() => {
                Err(DataError::Stream { reason: "without an end is evaluated for some `steps`" })
            }
            steps => Ok(Evaluation { steps: steps.unwrap_or(usize::MAX), ..self }),
        }
    }

    /// Begins anew.
    fn begin(&mut self) -> Result<(), DataError> {
        self.totals.clear();
        self.batch = 0;
        if self.source.begin(0, false)? { Ok(()) } else { Err(DataError::Empty) }
    }

    /// Stages the next batch: its number, if there is one.
    fn next_batch(&mut self) -> Result<Option<usize>, DataError> {
        if self.batch >= self.steps {
            return Ok(None);
        }
        let count = self.source.stage(self.batch, self.size, &mut self.pass, &self.weights)?;
        match (count, self.batch) {
            (0, 0) => Err(DataError::Empty),
            (0, _) => Ok(None),
            _ => Ok(Some(self.batch)),
        }
    }

    /// Computes the batch that is staged.
    fn step<N: Net, B: Backend>(&mut self, model: &Model<N, F, B>) {
        self.pass.stage_variables(numbers(&model.variables));
        self.pass.infer::<N::Objective, B>(&model.weights);
        let penalty = model.trainer.plan.penalty(&model.weights);
        self.totals.add::<N, F>(&self.pass, penalty);
        self.batch += 1;
    }

    /// All batches, with the moments of a test for `callbacks`.
    pub(super) fn run<N: Net, B: Backend>(
        &mut self,
        model: &mut Model<N, F, B>,
        callbacks: &mut Callbacks<'_, N, F, B>,
        params: &Params,
        requests: &mut Requests,
    ) -> Result<Logs, Ended> {
        let mut logs = Logs::default();
        let mut call = |hook, model: &mut _, logs: &mut _| {
            callbacks.call(hook, &mut Context { model, params, logs, requests })
        };
        call(Hook::TestBegin, model, &mut logs)?;
        self.begin()?;
        while let Some(batch) = self.next_batch()? {
            call(Hook::TestBatchBegin(batch), model, &mut logs)?;
            self.step(model);
            self.log::<N>(&mut logs);
            call(Hook::TestBatchEnd(batch), model, &mut logs)?;
        }
        call(Hook::TestEnd, model, &mut logs)?;
        Ok(logs)
    }

    /// The means so far.
    fn log<N: Net>(&self, logs: &mut Logs) {
        logs.clear();
        self.totals.log::<N>(logs);
    }
}

/// Why an evaluation ended before its end.
pub(super) enum Ended {
    Data(DataError),
    Callback(Failure),
}

impl From<DataError> for Ended {
    fn from(error: DataError) -> Self {
        Ended::Data(error)
    }
}

impl From<Failure> for Ended {
    fn from(failure: Failure) -> Self {
        Ended::Callback(failure)
    }
}

/// All of `data`, without anybody that looks on.
pub(crate) fn evaluate<N: Net, F: Float, B: Backend>(
    model: &Model<N, F, B>,
    data: &dyn Dataset<N, F>,
) -> Result<Logs, DataError> {
    let mut all = Evaluation::of::<N>(Source::open::<N>(data)?).limit(None)?;
    all.begin()?;
    while all.next_batch()?.is_some() {
        all.step(model);
    }
    let mut logs = Logs::default();
    all.log::<N>(&mut logs);
    Ok(logs)
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
        let source = Source::open::<N>(data)?;
        let rows = source.rows();
        let mut all = Evaluation::of::<N>(source).limit(self.steps)?;
        all.weights = Weights::of::<N>(self.sample_weight, &[], rows)?;
        all.size = self.batch_size;
        all.totals.weigh_metrics = self.weigh_metrics;
        let params = params(rows, self.batch_size, self.steps);
        let run = all.run(model, &mut self.callbacks, &params, &mut Requests::default());
        run.map_err(|ended| match ended {
            Ended::Data(error) => FitError::Data(error),
            Ended::Callback(failure) => failure.alone(),
        })
    }
}

/// The parameters of a run over `rows` examples.
pub(super) fn params(rows: Option<usize>, batch_size: usize, steps: Option<usize>) -> Params {
    let all = rows.map(|rows| rows.div_ceil(batch_size));
    let steps = steps.into_iter().chain(all).min();
    Params { steps, samples: rows, batch_size, ..Params::default() }
}
