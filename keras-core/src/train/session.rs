//! The loop over epochs and mini-batches.

use super::callback::{Context, Failure, Hook, Params, ProgressBar, Requests};
use super::evaluation::Evaluation;
use super::source::{Table, Weights};
use super::state::{Run, back_up, resume};
use super::step::Count;
use super::totals::Totals;
use super::{Fit, FitError, History, Logs, StepError, Verbose, numbers};
use crate::backend::Backend;
use crate::data::{Columns, DataError, Dataset};
use crate::float::Float;
use crate::model::Model;
use crate::net::Net;
use crate::pass::Noise;
use crate::random::mix;
use crate::weights::WeightsError;

/// Trains `model` for the epochs of `fit`; data and arguments are checked before anything is changed.
pub(crate) fn fit<N: Net, F: Float, B: Backend>(
    model: &mut Model<N, F, B>,
    data: &dyn Dataset<N, F>,
    mut fit: Fit<'_, N, F, B>,
) -> Result<History, FitError> {
    fit.check(&*model.trainer.optimizer)?;
    let columns = Columns::dataset::<N>(data)?;
    let held_out = match fit.validation {
        Some(data) => Some(Columns::dataset::<N>(data).map_err(FitError::Validation)?),
        None => None,
    };
    let rows = columns.rows();
    let kept = kept(rows, fit.validation_split)?;
    let weights = Weights::of::<N>(fit.sample_weight, &fit.class_weight, Some(rows))?;
    let validation = match &held_out {
        Some(columns) => Some(Table::of(columns, 0..columns.rows())),
        None if kept < rows => Some(Table::of(&columns, kept..rows)),
        None => None,
    };
    let data = Table::of(&columns, 0..kept);
    let steps = steps(&fit, kept)?;
    let params = params(&fit, steps, kept, validation.is_some());
    if let Some(optimizer) = fit.optimizer.take() {
        model.trainer.optimizer = optimizer;
    }
    if fit.verbose != Verbose::Silent {
        fit.callbacks.push(ProgressBar);
    }
    let history = History::from(fit.initial_epoch);
    let totals = Totals { weigh_metrics: fit.weigh_metrics, ..Totals::of::<N>() };
    let progress = Progress { epoch: fit.initial_epoch, batch: 0, examples: 0, totals };
    let validation = validation.map(|table| Evaluation::of::<N>(table, Weights::NONE));
    let (logs, requests) = (Logs::default(), Requests::default());
    let session = Session {
        model,
        fit,
        data,
        weights,
        validation,
        params,
        logs,
        requests,
        history,
        progress,
    };
    session.run()
}

/// How many of the first rows are not held out.
fn kept(rows: usize, share: f64) -> Result<usize, FitError> {
    let kept = (rows as f64 * (1.0 - share)).floor() as usize;
    if kept == 0 || (share > 0.0 && kept == rows) {
        let reason = format!("of {share} leaves {kept} of {rows} examples to train on");
        return Err(FitError::argument("validation_split", reason));
    }
    Ok(kept)
}

fn steps<N: Net, F: Float, B: Backend>(
    fit: &Fit<'_, N, F, B>,
    rows: usize,
) -> Result<usize, FitError> {
    let all = rows.div_ceil(fit.batch_size);
    match fit.steps_per_epoch {
        Some(steps) if steps > all => {
            let batch = fit.batch_size;
            let reason = format!("is {steps}, but {rows} examples make {all} batches of {batch}");
            Err(FitError::argument("steps_per_epoch", reason))
        }
        asked => Ok(asked.unwrap_or(all)),
    }
}

fn params<N: Net, F: Float, B: Backend>(
    fit: &Fit<'_, N, F, B>,
    steps: usize,
    samples: usize,
    validates: bool,
) -> Params {
    let mut logs = Totals::of::<N>().logs::<N>();
    if validates {
        logs.add_validation(&logs.clone());
    }
    Params {
        epochs: fit.epochs,
        initial_epoch: fit.initial_epoch,
        steps: Some(steps),
        samples: Some(samples),
        batch_size: fit.batch_size,
        verbose: fit.verbose as usize,
        names: logs.names().map(str::to_owned).collect(),
    }
}

/// How far a training has come: with the model, all that is needed to go on.
pub(super) struct Progress {
    pub epoch: usize,
    /// The batches and examples of this epoch so far.
    pub batch: usize,
    pub examples: usize,
    pub totals: Totals,
}

/// A training that runs.
pub(super) struct Session<'s, 'a, N: Net, F: Float, B: Backend> {
    pub(super) model: &'s mut Model<N, F, B>,
    pub(super) fit: Fit<'a, N, F, B>,
    data: Table<'s, F>,
    weights: Weights<'s, F>,
    validation: Option<Evaluation<'s, F>>,
    params: Params,
    pub(super) logs: Logs,
    pub(super) requests: Requests,
    pub(super) history: History,
    pub(super) progress: Progress,
}

/// Why a training ended before its end.
pub(super) enum End {
    Step(StepError),
    Validation(DataError),
    Callback(Failure),
    State(WeightsError),
}

impl From<StepError> for End {
    fn from(error: StepError) -> Self {
        End::Step(error)
    }
}

impl From<Failure> for End {
    fn from(failure: Failure) -> Self {
        End::Callback(failure)
    }
}

impl From<WeightsError> for End {
    fn from(error: WeightsError) -> Self {
        End::State(error)
    }
}

impl End {
    fn with(self, history: History) -> FitError {
        match self {
            End::Step(source) => FitError::Step { source, history },
            End::Validation(source) => FitError::Validation(source),
            End::Callback(Failure { callback, hook, source }) => {
                FitError::Callback { callback, hook, source, history }
            }
            End::State(source) => FitError::State { source, history },
        }
    }
}

impl<N: Net, F: Float, B: Backend> Session<'_, '_, N, F, B> {
    fn run(mut self) -> Result<History, FitError> {
        match self.train() {
            Ok(()) => Ok(self.history),
            Err(end) => Err(end.with(self.history)),
        }
    }

    fn train(&mut self) -> Result<(), End> {
        self.call(Hook::TrainBegin)?;
        self.resume()?;
        while self.progress.epoch < self.fit.epochs && !self.requests.stop {
            self.epoch()?;
        }
        let Model { weights, trainer, .. } = &mut *self.model;
        trainer.finalize(weights);
        self.call(Hook::TrainEnd)
    }

    fn epoch(&mut self) -> Result<(), End> {
        let epoch = self.progress.epoch;
        let key = mix(self.fit.seed, self.model.trainer.rounds);
        self.logs.clear();
        self.call(Hook::EpochBegin(epoch))?;
        self.data.arrange(key, self.fit.shuffle);
        let steps = self.params.steps.unwrap_or(usize::MAX);
        let mut failed = None;
        while self.progress.batch < steps && !self.requests.stop {
            failed = self.batch(key)?;
        }
        self.logs.clear();
        self.progress.totals.log::<N>(&mut self.logs);
        if let Some(loss) = failed {
            self.logs.set("loss", loss);
        }
        if (epoch + 1).is_multiple_of(self.fit.validation_freq) {
            self.validate()?;
        }
        self.call(Hook::EpochEnd(epoch))?;
        self.history.push(self.logs.clone());
        self.model.trainer.rounds += 1;
        self.progress.totals.clear();
        self.progress = Progress {
            epoch: epoch + 1,
            batch: 0,
            examples: 0,
            totals: self.progress.totals.clone(),
        };
        self.backup()
    }

    /// Takes a step. Where its loss is not finite and a callback ends the training for that, returns the loss.
    fn batch(&mut self, key: u64) -> Result<Option<f64>, End> {
        let Progress { epoch, batch, examples, .. } = self.progress;
        self.logs.clear();
        self.call(Hook::BatchBegin(batch))?;
        let size = self.fit.batch_size;
        let rows = batch * size..self.data.rows().min((batch + 1) * size);
        let Model { weights, variables, trainer, .. } = &mut *self.model;
        let staged = self.data.stage(rows, &mut trainer.pass, numbers(variables), &self.weights);
        staged.map_err(StepError::Data)?;
        let (noise, count) =
            (Noise { key, first: examples }, Count { epoch: epoch + 1, batch: batch + 1 });
        let done = trainer.differentiate::<N, B>(weights, noise, count, &mut self.progress.totals);
        if let Err(error) = done {
            return self.not_finite(batch, error).map(Some);
        }
        trainer.apply(weights);
        self.progress.examples += trainer.pass.batch();
        self.progress.batch += 1;
        if !self.fit.callbacks.is_empty() {
            self.progress.totals.log::<N>(&mut self.logs);
            self.call(Hook::BatchEnd(batch))?;
        }
        self.backup()?;
        Ok(None)
    }

    /// A step that was not taken: callbacks see its loss, and may end the training for it.
    fn not_finite(&mut self, batch: usize, error: StepError) -> Result<f64, End> {
        let StepError::Loss { value, .. } = error else { return Err(error.into()) };
        self.logs.set("loss", value);
        self.call(Hook::BatchEnd(batch))?;
        if self.requests.stop { Ok(value) } else { Err(error.into()) }
    }

    fn validate(&mut self) -> Result<(), End> {
        let Some(validation) = &mut self.validation else { return Ok(()) };
        let mut logs = Logs::default();
        let Session { fit, model, params, requests, .. } = self;
        let mut call = |hook, model: &mut _, logs: &mut _| {
            fit.callbacks.call(hook, &mut Context { model, params, logs, requests })
        };
        call(Hook::TestBegin, model, &mut logs)?;
        validation.begin();
        while let Some(batch) = validation.next_batch() {
            call(Hook::TestBatchBegin(batch), model, &mut logs)?;
            validation.step(model).map_err(End::Validation)?;
            logs = validation.logs::<N>();
            call(Hook::TestBatchEnd(batch), model, &mut logs)?;
        }
        call(Hook::TestEnd, model, &mut logs)?;
        self.logs.add_validation(&logs);
        Ok(())
    }

    fn call(&mut self, hook: Hook) -> Result<(), End> {
        let Session { fit, model, params, logs, requests, .. } = self;
        let mut at = Context { model, params, logs, requests };
        fit.callbacks.call(hook, &mut at).map_err(End::Callback)
    }
}

/// Backups, where a callback asks for them.
impl<N: Net, F: Float, B: Backend> Session<'_, '_, N, F, B> {
    fn running(&self) -> Run {
        let (seed, batch_size) = (self.fit.seed, self.fit.batch_size);
        Run { seed, batch_size, examples: self.params.samples }
    }

    fn backup(&mut self) -> Result<(), End> {
        let Some(path) = self.requests.backup.take() else { return Ok(()) };
        let come = (&self.progress, &self.history, self.running());
        Ok(back_up(self.model, come, &self.fit.callbacks, &path)?)
    }

    fn resume(&mut self) -> Result<(), End> {
        let Some(path) = self.requests.resume.take() else { return Ok(()) };
        let running = self.running();
        let backup = resume(self.model, &mut self.progress, running, &path)?;
        self.history = backup.history;
        Ok(self.fit.callbacks.set_states(backup.callbacks)?)
    }
}
