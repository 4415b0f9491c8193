//! `ModelCheckpoint`.

use std::path::{Path, PathBuf};

use super::monitor::{Monitor, monitored};
use super::progress::say;
use super::{Callback, CallbackError, CallbackResult, Context, template};
use crate::backend::Backend;
use crate::float::Float;
use crate::net::Net;

/// When a callback saves, and a number is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SaveFreq {
    /// After each epoch.
    #[default]
    Epoch,
    /// After so many batches, counted over epochs, at least 1.
    Batches(usize),
}

/// Saves the model while it trains, as `keras.callbacks.ModelCheckpoint`: after each epoch, or only when a number is the best so
/// far.
///
/// ```
/// # use keras_core::prelude::*;
/// let best = ModelCheckpoint::new("best.safetensors").monitor("val_accuracy").save_best_only(true);
/// let all = ModelCheckpoint::new("net.{epoch:02d}-{val_loss:.2f}.safetensors").save_weights_only(true);
/// ```
///
/// Places in the path are filled with the epoch (and the batch), counted from 1, and the numbers of the logs. A directory that is
/// not there is made. A file is written whole or not at all. A monitored number that does not exist is an error, not a warning.
#[derive(Clone, Debug)]
pub struct ModelCheckpoint {
    path: PathBuf,
    monitor: Monitor,
    save_best_only: bool,
    save_weights_only: bool,
    save_freq: SaveFreq,
    threshold: Option<f64>,
    verbose: bool,
    epoch: usize,
    batches: usize,
    last: Option<PathBuf>,
}

impl ModelCheckpoint {
    /// Saves the whole state after each epoch.
    pub fn new(path: impl AsRef<Path>) -> Self {
        ModelCheckpoint {
            path: path.as_ref().to_owned(),
            monitor: Monitor::of("val_loss"),
            save_best_only: false,
            save_weights_only: false,
            save_freq: SaveFreq::Epoch,
            threshold: None,
            verbose: false,
            epoch: 0,
            batches: 0,
            last: None,
        }
    }

    monitored!();

    /// Whether only a model that is better than all before it is saved.
    pub fn save_best_only(self, only: bool) -> Self {
        ModelCheckpoint { save_best_only: only, ..self }
    }

    /// Whether only weights are saved, not the state of the optimizer and the variables.
    pub fn save_weights_only(self, only: bool) -> Self {
        ModelCheckpoint { save_weights_only: only, ..self }
    }

    /// When it saves.
    pub fn save_freq(self, freq: SaveFreq) -> Self {
        ModelCheckpoint { save_freq: freq, ..self }
    }

    /// What the first model that is saved must be better than.
    pub fn initial_value_threshold(self, value: f64) -> Self {
        ModelCheckpoint { threshold: Some(value), ..self }
    }

    /// Whether it says what it saves.
    pub fn verbose(self, verbose: bool) -> Self {
        ModelCheckpoint { verbose, ..self }
    }

    /// The best number so far.
    pub fn best(&self) -> Option<f64> {
        self.monitor.best
    }

    /// The file that was written last.
    pub fn last(&self) -> Option<&Path> {
        self.last.as_deref()
    }

    /// Whether the model is to be saved with these logs.
    fn wanted<N: Net, F: Float, B: Backend>(
        &mut self,
        at: &Context<'_, N, F, B>,
    ) -> Result<bool, CallbackError> {
        if !self.save_best_only {
            return Ok(true);
        }
        let Some(value) = self.monitor.read(at.logs, at.params)? else { return Ok(false) };
        let before = self.monitor.best;
        let better = self.monitor.improves(value)?;
        if better && self.verbose {
            let name = &self.monitor.name;
            let before = before.map_or("nothing".to_owned(), |best| format!("{best:.5}"));
            say(format_args!(
                "epoch {}: {name} improved from {before} to {value:.5}",
                self.epoch + 1
            ));
        }
        Ok(better)
    }

    fn save<N: Net, F: Float, B: Backend>(
        &mut self,
        at: &mut Context<'_, N, F, B>,
        batch: usize,
    ) -> CallbackResult {
        if !self.wanted(at)? {
            return Ok(());
        }
        let whole = [("epoch", self.epoch + 1), ("batch", batch + 1)];
        let path = PathBuf::from(template::fill(&self.path.to_string_lossy(), &whole, at.logs)?);
        if let Some(directory) = path.parent() {
            std::fs::create_dir_all(directory)?;
        }
        if self.save_weights_only {
            at.model.save_weights(&path)?;
        } else {
            at.model.save(&path)?;
        }
        if self.verbose {
            say(format_args!("epoch {}: saved the model to {}", self.epoch + 1, path.display()));
        }
        self.last = Some(path);
        Ok(())
    }
}

impl<N: Net, F: Float, B: Backend> Callback<N, F, B> for ModelCheckpoint {
    fn on_train_begin(&mut self, _: &mut Context<'_, N, F, B>) -> CallbackResult {
        if self.save_freq == SaveFreq::Batches(0) {
            return Err("`save_freq` must be at least 1 batch, found 0".into());
        }
        if self.save_best_only {
            self.monitor.is_min()?;
        }
        // As in Keras the best survives to the next `fit`.
        self.monitor.best = self.monitor.best.or(self.threshold);
        self.batches = 0;
        Ok(())
    }

    fn on_epoch_begin(&mut self, epoch: usize, _: &mut Context<'_, N, F, B>) -> CallbackResult {
        self.epoch = epoch;
        Ok(())
    }

    fn on_batch_end(&mut self, batch: usize, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        self.batches += 1;
        match self.save_freq {
            SaveFreq::Batches(every) if self.batches.is_multiple_of(every) => self.save(at, batch),
            _ => Ok(()),
        }
    }

    fn on_epoch_end(&mut self, _: usize, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        match self.save_freq {
            SaveFreq::Epoch => self.save(at, 0),
            SaveFreq::Batches(_) => Ok(()),
        }
    }

    fn state(&self) -> Vec<f64> {
        vec![self.monitor.best.unwrap_or(f64::NAN), self.batches as f64]
    }

    fn set_state(&mut self, state: &[f64]) -> CallbackResult {
        let [best, batches] = state else {
            return Err("the backup has no state of `ModelCheckpoint`".into());
        };
        self.monitor.best = Some(*best).filter(|best| !best.is_nan());
        self.batches = *batches as usize;
        Ok(())
    }
}
