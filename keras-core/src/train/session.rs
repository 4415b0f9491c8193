//! The loop over epochs and mini-batches.

use std::sync::atomic::Ordering;

use super::callback::{Context, Failure, Hook, Params, ProgressBar, Requests};
use super::evaluation::{Ended, Evaluation};
use super::source::{Source, Weights};
use super::state::{Run, back_up, resume};
use super::step::Count;
use super::totals::Totals;
use super::{Fit, FitError, History, Logs, StepError, Verbose, numbers};
use crate::backend::Backend;
use crate::data::{DataError, Dataset};
use crate::float::Float;
use crate::model::Model;
use crate::net::Net;
use crate::pass::{Noise, Pass};
use crate::random::mix;
use crate::weights::WeightsError;

/// Trains `model` for the epochs of `fit`; data and arguments are checked before anything is changed.
pub(crate) fn fit<N: Net, F: Float, B: Backend>(
    model: &mut Model<N, F, B>,
    data: &dyn Dataset<N, F>,
    mut fit: Fit<'_, N, F, B>,
) -> Result<History, FitError> {
    fit.check(&*model.trainer.optimizer)?;
    let mut data = Source::open::<N>(data)?;
    let weights = Weights::of::<N>(fit.sample_weight, &fit.class_weight, data.rows())?;
    let validation = match fit.validation {
        Some(data) => Some(Source::open::<N>(data).map_err(FitError::Validation)?),
        None if fit.validation_split > 0.0 => Some(data.split_off(fit.validation_split)?),
        None => None,
    };
    let validation = match validation.map(Evaluation::of::<N>) {
        Some(all) => Some(all.limit(fit.validation_steps).map_err(FitError::Validation)?),
        None => None,
    };
    let params = params(&fit, steps(&fit, &data)?, data.rows(), validation.is_some());
    if let Some(optimizer) = fit.optimizer.take() {
        model.trainer.optimizer = optimizer;
    }
    if fit.verbose != Verbose::Silent {
        fit.callbacks.push(ProgressBar::default());
    }
    #[cfg(feature = "interrupt")]
    let interrupt = super::interrupt::Interrupt::listen();
    #[cfg(feature = "interrupt")]
    fit.stop_on.extend(interrupt.iter().map(|interrupt| interrupt.flag()));
    let history = History::from(fit.initial_epoch);
    let totals = Totals { weigh_metrics: fit.weigh_metrics, ..Totals::of::<N>() };
    let progress = Progress { epoch: fit.initial_epoch, batch: 0, examples: 0, totals };
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
        pass: Pass::default(),
        skipped: 0,
    };
    session.run()
}

/// The steps of an epoch, where they are known.
fn steps<N: Net, F: Float, B: Backend>(
    fit: &Fit<'_, N, F, B>,
    data: &Source<'_, F>,
) -> Result<Option<usize>, FitError> {
    let (asked, batch) = (fit.steps_per_epoch, fit.batch_size);
    let all = data.rows().map(|rows| (rows, rows.div_ceil(batch)));
    match (asked, all) {
        (Some(steps), Some((rows, all))) if steps > all => {
            let reason = format!("is {steps}, but {rows} examples make {all} batches of {batch}");
            Err(FitError::argument("steps_per_epoch", reason))
        }
        (None, None) if data.is_endless() => {
            let reason = "is needed for a stream that never ends";
            Err(FitError::argument("steps_per_epoch", reason))
        }
        _ => Ok(asked.or(all.map(|(_, all)| all))),
    }
}

fn params<N: Net, F: Float, B: Backend>(
    fit: &Fit<'_, N, F, B>,
    steps: Option<usize>,
    samples: Option<usize>,
    validates: bool,
) -> Params {
    let mut logs = Totals::of::<N>().logs::<N>();
    if validates {
        logs.add_validation(&logs.clone());
    }
    Params {
        epochs: fit.epochs,
        initial_epoch: fit.initial_epoch,
        steps,
        samples,
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

/// What came of a batch.
enum Batch {
    Taken,
    /// The step was not taken for its loss, and a callback ends the training for that.
    NotFinite(f64),
    /// There is none.
    End,
}

/// A training that runs.
pub(super) struct Session<'s, 'a, N: Net, F: Float, B: Backend> {
    pub(super) model: &'s mut Model<N, F, B>,
    pub(super) fit: Fit<'a, N, F, B>,
    data: Source<'s, F>,
    weights: Weights<'s, F>,
    validation: Option<Evaluation<'s, F>>,
    params: Params,
    pub(super) logs: Logs,
    pub(super) requests: Requests,
    pub(super) history: History,
    pub(super) progress: Progress,
    /// The batch of the step.
    pass: Pass<F>,
    /// How many batches of a stream are to be passed over.
    skipped: usize,
}

/// Why a training ended before its end.
pub(super) enum End {
    Step(StepError),
    Exhausted { epoch: usize, batches: usize },
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

impl From<Ended> for End {
    fn from(ended: Ended) -> Self {
        match ended {
            Ended::Data(error) => End::Validation(error),
            Ended::Callback(failure) => End::Callback(failure),
        }
    }
}

impl End {
    fn with(self, history: History) -> FitError {
        match self {
            End::Step(source) => FitError::Step { source, history },
            End::Exhausted { epoch, batches } => FitError::Exhausted { epoch, batches, history },
            End::Validation(source) => FitError::Validation(source),
            End::Callback(Failure { callback, hook, source }) => {
                FitError::Callback { callback, hook, source, history }
            }
            End::State(source) => FitError::State { source: Box::new(source), history },
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
        while self.progress.epoch < self.fit.epochs && !self.stops() {
            self.epoch()?;
        }
        let Model { weights, trainer, .. } = &mut *self.model;
        trainer.finalize(weights);
        self.call(Hook::TrainEnd)
    }

    /// Whether a callback asks to end the training, or a flag is set.
    fn stops(&mut self) -> bool {
        if self.fit.stop_on.iter().any(|flag| flag.load(Ordering::Relaxed)) {
            self.requests.interrupted = true;
            self.requests.stop = true;
        }
        self.requests.stop
    }

    fn epoch(&mut self) -> Result<(), End> {
        let epoch = self.progress.epoch;
        let key = mix(self.fit.seed, self.model.trainer.rounds);
        self.logs.clear();
        self.call(Hook::EpochBegin(epoch))?;
        self.begin(key)?;
        let steps = self.params.steps.unwrap_or(usize::MAX);
        let mut failed = None;
        while self.progress.batch < steps && !self.requests.stop {
            match self.batch(key)? {
                Batch::Taken => {}
                Batch::NotFinite(loss) => failed = Some(loss),
                Batch::End => break,
            }
        }
        if self.progress.batch == 0 && failed.is_none() {
            // A callback ended the training before the first step: there is nothing to tell.
            return Ok(());
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
        let Progress { epoch, batch, examples, totals } = &mut self.progress;
        (*epoch, *batch, *examples) = (*epoch + 1, 0, 0);
        totals.clear();
        self.backup()
    }

    /// Whether an epoch begins where the last one ended: a stream with `steps_per_epoch`.
    fn goes_on(&self) -> bool {
        self.data.rows().is_none() && self.fit.steps_per_epoch.is_some()
    }

    /// Begins the pass over the data of an epoch.
    fn begin(&mut self, key: u64) -> Result<(), End> {
        let first = self.progress.epoch == self.fit.initial_epoch;
        if (first || !self.goes_on())
            && !self.data.begin(key, self.fit.shuffle).map_err(StepError::Data)?
        {
            return Err(self.exhausted());
        }
        // The batches of a stream that were taken before the backup.
        for _ in 0..core::mem::take(&mut self.skipped) {
            self.stage()?;
        }
        Ok(())
    }

    /// Stages the next batch; false at the end of an epoch that has as many steps as there are.
    fn stage(&mut self) -> Result<bool, End> {
        if self.stage_more()? {
            return Ok(true);
        }
        if self.progress.batch > 0 && self.params.steps.is_none() {
            return Ok(false);
        }
        // A stream that repeats has come to the end of a pass, where an epoch has so many steps.
        let more = self.data.begin(0, false).map_err(StepError::Data)? && self.stage_more()?;
        if more { Ok(true) } else { Err(self.exhausted()) }
    }

    fn stage_more(&mut self) -> Result<bool, StepError> {
        let (batch, size) = (self.progress.batch, self.fit.batch_size);
        Ok(self.data.stage(batch, size, &mut self.pass, &self.weights)? > 0)
    }

    fn exhausted(&self) -> End {
        End::Exhausted { epoch: self.progress.epoch + 1, batches: self.progress.batch }
    }

    /// Takes a step.
    fn batch(&mut self, key: u64) -> Result<Batch, End> {
        let Progress { epoch, batch, examples, .. } = self.progress;
        if !self.stage()? {
            return Ok(Batch::End);
        }
        self.logs.clear();
        self.call(Hook::BatchBegin(batch))?;
        let Model { weights, variables, trainer, .. } = &mut *self.model;
        self.pass.stage_variables(numbers(variables));
        let (noise, count) =
            (Noise { key, first: examples }, Count { epoch: epoch + 1, batch: batch + 1 });
        // The batch was not in the model's own pass so far: a callback may have taken steps with that.
        core::mem::swap(&mut self.pass, &mut trainer.pass);
        let done = trainer.differentiate::<N, B>(weights, noise, count, &mut self.progress.totals);
        core::mem::swap(&mut self.pass, &mut trainer.pass);
        if let Err(error) = done {
            return self.not_finite(batch, error).map(Batch::NotFinite);
        }
        trainer.apply(weights);
        self.progress.examples += self.pass.batch();
        self.progress.batch += 1;
        self.stops();
        if !self.fit.callbacks.is_empty() {
            self.progress.totals.log::<N>(&mut self.logs);
            self.call(Hook::BatchEnd(batch))?;
        }
        self.backup()?;
        Ok(Batch::Taken)
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
        let Session { fit, model, params, requests, .. } = self;
        let logs = validation.run(model, &mut fit.callbacks, params, requests)?;
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
        let Progress { epoch, batch, .. } = self.progress;
        self.skipped = match (self.data.rows(), self.fit.steps_per_epoch) {
            (Some(_), _) => 0,
            (None, Some(steps)) => (epoch - self.fit.initial_epoch.min(epoch)) * steps + batch,
            (None, None) => batch,
        };
        Ok(self.fit.callbacks.set_states(backup.callbacks)?)
    }
}
