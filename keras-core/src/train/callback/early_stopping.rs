//! `EarlyStopping`.

use super::monitor::{Monitor, monitored};
use super::{Callback, CallbackResult, Context};
use crate::backend::Backend;
use crate::float::Float;
use crate::net::Net;

/// Ends the training when a number has not got better for a while, as `keras.callbacks.EarlyStopping`.
///
/// ```
/// # use keras_core::prelude::*;
/// let early = EarlyStopping::new().monitor("val_accuracy").patience(3).restore_best_weights(true);
/// ```
#[derive(Clone, Debug)]
pub struct EarlyStopping {
    monitor: Monitor,
    patience: usize,
    baseline: Option<f64>,
    restore_best_weights: bool,
    start_from_epoch: usize,
    waited: usize,
    /// The weights of the best epoch, exact in either scalar.
    best_weights: Vec<f64>,
    best_epoch: usize,
    stopped_epoch: Option<usize>,
}

impl Default for EarlyStopping {
    fn default() -> Self {
        EarlyStopping {
            monitor: Monitor::of("val_loss"),
            patience: 0,
            baseline: None,
            restore_best_weights: false,
            start_from_epoch: 0,
            waited: 0,
            best_weights: Vec::new(),
            best_epoch: 0,
            stopped_epoch: None,
        }
    }
}

impl EarlyStopping {
    /// On `val_loss`, without patience.
    pub fn new() -> Self {
        Self::default()
    }

    monitored!();

    /// A change of at most this, at least 0, is none.
    pub fn min_delta(mut self, min_delta: f64) -> Self {
        self.monitor.min_delta = min_delta.abs();
        self
    }

    /// How many epochs without a better number are waited for.
    pub fn patience(self, epochs: usize) -> Self {
        EarlyStopping { patience: epochs, ..self }
    }

    /// What the number must be better than: an epoch that is not counts as one without a better number.
    pub fn baseline(self, baseline: f64) -> Self {
        EarlyStopping { baseline: Some(baseline), ..self }
    }

    /// Whether the model gets the weights of its best epoch at the end.
    pub fn restore_best_weights(self, restore: bool) -> Self {
        EarlyStopping { restore_best_weights: restore, ..self }
    }

    /// Earlier epochs, counted from 0, are not looked at.
    pub fn start_from_epoch(self, epoch: usize) -> Self {
        EarlyStopping { start_from_epoch: epoch, ..self }
    }

    /// The epoch after which training was ended, counted from 0.
    pub fn stopped_epoch(&self) -> Option<usize> {
        self.stopped_epoch
    }

    /// The best epoch, counted from 0.
    pub fn best_epoch(&self) -> usize {
        self.best_epoch
    }
}

impl<N: Net, F: Float, B: Backend> Callback<N, F, B> for EarlyStopping {
    fn on_train_begin(&mut self, _: &mut Context<'_, N, F, B>) -> CallbackResult {
        self.monitor.is_min()?;
        self.monitor.best = None;
        (self.waited, self.best_epoch, self.stopped_epoch) = (0, 0, None);
        self.best_weights.clear();
        Ok(())
    }

    fn on_epoch_end(&mut self, epoch: usize, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        let Some(value) = self.monitor.read(at.logs, at.params)? else { return Ok(()) };
        if epoch < self.start_from_epoch {
            return Ok(());
        }
        self.waited += 1;
        if self.monitor.improves(value)? {
            self.best_epoch = epoch;
            if self.restore_best_weights {
                self.best_weights.clear();
                self.best_weights.extend(at.model.weights_flat().iter().map(|w| w.f64()));
            }
            if self.baseline.is_none() || self.monitor.is_better(value, self.baseline)? {
                self.waited = 0;
            }
        } else if self.waited >= self.patience && epoch > 0 {
            self.stopped_epoch = Some(epoch);
            at.stop_training();
        }
        Ok(())
    }

    fn on_train_end(&mut self, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        let weights = at.model.weights_flat_mut();
        weights.iter_mut().zip(&self.best_weights).for_each(|(w, best)| *w = F::of(*best));
        Ok(())
    }

    fn state(&self) -> Vec<f64> {
        let best = self.monitor.best.unwrap_or(f64::NAN);
        let counts = [best, self.waited as f64, self.best_epoch as f64];
        counts.iter().chain(&self.best_weights).copied().collect()
    }

    fn set_state(&mut self, state: &[f64]) -> CallbackResult {
        let [best, waited, best_epoch, weights @ ..] = state else {
            return Err("the backup has no state of `EarlyStopping`".into());
        };
        self.monitor.best = Some(*best).filter(|best| !best.is_nan());
        (self.waited, self.best_epoch) = (*waited as usize, *best_epoch as usize);
        self.best_weights = weights.to_vec();
        Ok(())
    }
}
