//! The whole state of a training in one file.
//!
//! A safetensors file: the weights under their paths; vectors of the optimizer, of the loop and of callbacks under names that
//! begin with `@`; and in the header a text of lines `name: value`, the first of which is the version of this format.

use std::path::Path;

use super::callback::Callbacks;
use super::history::History;
use super::logs::Logs;
use super::session::Progress;
use super::totals::Totals;
use super::{OptimizerState, by_name, numbers};
use crate::backend::Backend;
use crate::float::Float;
use crate::model::Model;
use crate::net::{Net, Variables};
use crate::weights::WeightsError;
use crate::weights::file::Others;

const VERSION: u64 = 1;

/// Saves the model with all that belongs to it.
pub(crate) fn save<N: Net, F: Float, B: Backend>(
    model: &Model<N, F, B>,
    path: &Path,
) -> Result<(), WeightsError> {
    write(model, path, record(model))
}

/// Restores what [`save`] wrote, or a backup of a training.
pub(crate) fn load<N: Net, F: Float, B: Backend>(
    model: &mut Model<N, F, B>,
    path: &Path,
) -> Result<(), WeightsError> {
    let (weights, record) = read::<N, F>(path)?;
    let restored = restored(model, &record);
    restored.map_err(|reason| failed(path, reason))?.give(model, weights);
    Ok(())
}

/// How a training runs: a backup is of one that runs alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Run {
    pub seed: u64,
    pub batch_size: usize,
    pub examples: Option<usize>,
}

/// Saves the model and how far its training has come.
pub(super) fn back_up<N: Net, F: Float, B: Backend>(
    model: &Model<N, F, B>,
    (progress, history, run): (&Progress, &History, Run),
    callbacks: &Callbacks<'_, N, F, B>,
    path: &Path,
) -> Result<(), WeightsError> {
    let mut record = record(model);
    record.put("run", format!("{run:?}"));
    record.put("epoch", progress.epoch);
    record.put("batch", progress.batch);
    record.put("examples", progress.examples);
    let Totals { sums, examples, weight, .. } = &progress.totals;
    let totals = [*examples, *weight].iter().chain(sums).copied().collect();
    record.vectors.push(("totals".to_owned(), totals));
    record.put("initial_epoch", history.initial_epoch());
    for (i, epoch) in history.epochs().iter().enumerate() {
        for (name, value) in epoch.iter() {
            record.put(format!("history {i} {name}"), format!("{value:?}"));
        }
    }
    for (i, (name, state)) in callbacks.states().into_iter().enumerate() {
        record.vectors.push((format!("callback/{i}/{name}"), state));
    }
    write(model, path, record)
}

/// What a training goes on from.
pub(super) struct Backup {
    pub history: History,
    pub callbacks: Vec<(String, Vec<f64>)>,
}

/// Restores the model and how far its training had come.
pub(super) fn resume<N: Net, F: Float, B: Backend>(
    model: &mut Model<N, F, B>,
    progress: &mut Progress,
    run: Run,
    path: &Path,
) -> Result<Backup, WeightsError> {
    let (weights, record) = read::<N, F>(path)?;
    let all = || -> Result<_, String> {
        let before = record.text("run")?;
        if before != format!("{run:?}") {
            return Err(format!(
                "it is the backup of a training with {before}, but this one has {run:?}; remove it to begin anew"
            ));
        }
        let [examples, weight, sums @ ..] = record.vector("totals")? else {
            return Err("`totals` is empty".to_owned());
        };
        if sums.len() != progress.totals.sums.len() {
            return Err("the model has other losses or metrics".to_owned());
        }
        let totals = Totals {
            sums: sums.to_vec(),
            examples: *examples,
            weight: *weight,
            ..progress.totals.clone()
        };
        let come = Progress {
            epoch: record.number("epoch")?,
            batch: record.number("batch")?,
            examples: record.number("examples")?,
            totals,
        };
        Ok((restored(model, &record)?, come, record.history()?))
    };
    let (whole, come, history) = all().map_err(|reason| failed(path, reason))?;
    whole.give(model, weights);
    *progress = come;
    Ok(Backup { history, callbacks: record.callbacks() })
}

fn write<N: Net, F: Float, B: Backend>(
    model: &Model<N, F, B>,
    path: &Path,
    record: Record,
) -> Result<(), WeightsError> {
    let text = record.lines.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    let others = Others { text: Some(text), vectors: record.vectors };
    F::save(path, &N::WEIGHTS.walk(), &model.weights, &others)
}

fn read<N: Net, F: Float>(path: &Path) -> Result<(Vec<F>, Record), WeightsError> {
    let (weights, others) = F::load(path, &N::WEIGHTS.walk())?;
    let Some(text) = others.text else {
        return Err(failed(path, "it holds weights alone; use `load_weights`".to_owned()));
    };
    let lines = text.lines().filter_map(|line| line.split_once(": "));
    let lines = lines.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let record = Record { lines, vectors: others.vectors };
    let version: u64 = record.number("version").map_err(|reason| failed(path, reason))?;
    if version > VERSION {
        let reason = format!("it has version {version}, but this program reads up to {VERSION}");
        return Err(failed(path, reason));
    }
    Ok((weights, record))
}

fn failed(path: &Path, reason: String) -> WeightsError {
    WeightsError::State { file: path.into(), reason }
}

/// Named values: lines of text, and vectors.
#[derive(Default)]
struct Record {
    lines: Vec<(String, String)>,
    vectors: Vec<(String, Vec<f64>)>,
}

impl Record {
    fn put(&mut self, name: impl Into<String>, value: impl ToString) {
        self.lines.push((name.into(), value.to_string()));
    }

    fn text(&self, name: &str) -> Result<&str, String> {
        let line = self.lines.iter().find(|(known, _)| known == name);
        line.map(|(_, value)| value.as_str()).ok_or_else(|| format!("it has no `{name}`"))
    }

    fn number<T: core::str::FromStr>(&self, name: &str) -> Result<T, String> {
        let text = self.text(name)?;
        text.parse().map_err(|_| format!("`{name}` must be a number, found `{text}`"))
    }

    fn vector(&self, name: &str) -> Result<&[f64], String> {
        let vector = self.vectors.iter().find(|(known, _)| known == name);
        vector.map(|(_, numbers)| &numbers[..]).ok_or_else(|| format!("it has no `{name}`"))
    }

    /// The lines whose names begin with `kind`, without it.
    fn all<T: core::str::FromStr>(&self, kind: &str) -> Result<Vec<(String, T)>, String> {
        let named = self.lines.iter().filter_map(|(name, text)| {
            let name = name.strip_prefix(kind)?.strip_prefix(' ')?;
            Some((name, text))
        });
        named
            .map(|(name, text)| {
                let value = text.parse();
                let value = value.map_err(|_| format!("`{kind} {name}`: `{text}` is no number"))?;
                Ok((name.to_owned(), value))
            })
            .collect()
    }

    fn history(&self) -> Result<History, String> {
        let mut epochs: Vec<Logs> = Vec::new();
        for (name, value) in self.all::<f64>("history")? {
            let (epoch, name) = name.split_once(' ').ok_or("a line of the history is broken")?;
            if epochs.len().checked_sub(1).map(|last| last.to_string()).as_deref() != Some(epoch) {
                epochs.push(Logs::default());
            }
            if let Some(logs) = epochs.last_mut() {
                logs.set(name.to_owned(), value);
            }
        }
        let mut history = History::from(self.number("initial_epoch")?);
        epochs.into_iter().for_each(|logs| history.push(logs));
        Ok(history)
    }

    fn callbacks(&self) -> Vec<(String, Vec<f64>)> {
        let mut states: Vec<(usize, String, Vec<f64>)> = Vec::new();
        for (name, numbers) in &self.vectors {
            let place = name.strip_prefix("callback/").and_then(|rest| rest.split_once('/'));
            if let Some((Ok(i), name)) = place.map(|(i, name)| (i.parse(), name)) {
                states.push((i, name.to_owned(), numbers.clone()));
            }
        }
        states.sort_by_key(|(i, ..)| *i);
        states.into_iter().map(|(_, name, state)| (name, state)).collect()
    }
}

/// All of a model but its weights.
fn record<N: Net, F: Float, B: Backend>(model: &Model<N, F, B>) -> Record {
    let mut record = Record::default();
    record.put("version", VERSION);
    record.put("model", N::NAME);
    record.put("rounds", model.trainer.rounds);
    for (name, value) in N::Variables::NAMES.iter().zip(numbers(&model.variables)) {
        record.put(format!("variable {name}"), format!("{value:?}"));
    }
    let OptimizerState { name, hyperparameters, counts, scalars, slots } =
        model.trainer.optimizer.state();
    record.put("optimizer", name);
    for (kind, values) in [("hyperparameter", hyperparameters), ("scalar", scalars)] {
        values.iter().for_each(|(name, v)| record.put(format!("{kind} {name}"), format!("{v:?}")));
    }
    counts.iter().for_each(|(name, count)| record.put(format!("count {name}"), count));
    for (name, slot) in slots {
        let numbers = slot.iter().map(|x| x.f64()).collect();
        record.vectors.push((format!("optimizer/{name}"), numbers));
    }
    record
}

/// What a file gives to a model, checked.
struct Restored<N: Net, F> {
    variables: N::Variables,
    optimizer: Box<dyn super::Optimizer<F>>,
    rounds: u64,
}

impl<N: Net, F: Float> Restored<N, F> {
    fn give<B: Backend>(self, model: &mut Model<N, F, B>, weights: Vec<F>) {
        model.weights = weights;
        model.variables = self.variables;
        model.trainer.optimizer = self.optimizer;
        model.trainer.rounds = self.rounds;
    }
}

fn restored<N: Net, F: Float, B: Backend>(
    model: &Model<N, F, B>,
    record: &Record,
) -> Result<Restored<N, F>, String> {
    let mut variables = model.variables.clone();
    let found = record.all::<f64>("variable")?;
    for (i, name) in N::Variables::NAMES.iter().enumerate() {
        let value = found.iter().find(|(known, _)| known == name);
        let (_, value) = value.ok_or_else(|| format!("it has no variable `{name}`"))?;
        variables.set(i, *value);
    }
    if let Some((name, _)) = found.iter().find(|(n, _)| !N::Variables::NAMES.contains(&n.as_str()))
    {
        return Err(format!("it has a variable `{name}`, which the model lacks"));
    }
    let name = record.text("optimizer")?;
    let kept = &model.trainer.optimizer;
    let optimizer = if kept.name() == name { Some(kept.boxed()) } else { by_name(name) };
    let mut optimizer = optimizer.ok_or_else(|| {
        format!("it was trained with the optimizer `{name}`; set one before with `set_optimizer`")
    })?;
    let slots = record.vectors.iter().filter_map(|(name, numbers)| {
        let name = name.strip_prefix("optimizer/")?;
        Some((name.to_owned(), numbers.iter().map(|x| F::of(*x)).collect()))
    });
    let state = OptimizerState {
        name: name.to_owned(),
        hyperparameters: record.all("hyperparameter")?,
        counts: record.all("count")?,
        scalars: record.all("scalar")?,
        slots: slots.collect(),
    };
    optimizer.restore(state).map_err(|error| error.to_string())?;
    Ok(Restored { variables, optimizer, rounds: record.number("rounds")? })
}
