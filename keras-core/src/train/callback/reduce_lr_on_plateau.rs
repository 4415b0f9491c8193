//! `ReduceLROnPlateau`.

use super::monitor::{Monitor, monitored};
use super::{Callback, CallbackResult, Context};
use crate::backend::Backend;
use crate::float::Float;
use crate::net::Net;

/// Lowers the learning rate when a number has stopped getting better, as `keras.callbacks.ReduceLROnPlateau`. The logs get the
/// `learning_rate` of the epoch.
///
/// ```
/// # use keras_core::prelude::*;
/// let reduce = ReduceLROnPlateau::new().monitor("loss").factor(0.5).patience(2).min_lr(1e-5);
/// ```
#[derive(Clone, Debug)]
pub struct ReduceLROnPlateau {
    monitor: Monitor,
    factor: f64,
    patience: usize,
    cooldown: usize,
    min_lr: f64,
    waited: usize,
    cooling: usize,
}

impl Default for ReduceLROnPlateau {
    fn default() -> Self {
        ReduceLROnPlateau {
            monitor: Monitor { min_delta: 1e-4, ..Monitor::of("val_loss") },
            factor: 0.1,
            patience: 10,
            cooldown: 0,
            min_lr: 0.0,
            waited: 0,
            cooling: 0,
        }
    }
}

impl ReduceLROnPlateau {
    /// On `val_loss`, to a tenth after 10 epochs without a change of more than 1e-4.
    pub fn new() -> Self {
        Self::default()
    }

    monitored!();

    /// A change of at most this, at least 0, is none.
    pub fn min_delta(mut self, min_delta: f64) -> Self {
        self.monitor.min_delta = min_delta;
        self
    }

    /// What the learning rate is multiplied by, in `[0, 1)`.
    pub fn factor(self, factor: f64) -> Self {
        ReduceLROnPlateau { factor, ..self }
    }

    /// How many epochs without a better number are waited for.
    pub fn patience(self, epochs: usize) -> Self {
        ReduceLROnPlateau { patience: epochs, ..self }
    }

    /// How many epochs after a change are not looked at.
    pub fn cooldown(self, epochs: usize) -> Self {
        ReduceLROnPlateau { cooldown: epochs, ..self }
    }

    /// The least learning rate, at least 0.
    pub fn min_lr(self, min_lr: f64) -> Self {
        ReduceLROnPlateau { min_lr, ..self }
    }
}

impl<N: Net, F: Float, B: Backend> Callback<N, F, B> for ReduceLROnPlateau {
    fn on_train_begin(&mut self, _: &mut Context<'_, N, F, B>) -> CallbackResult {
        if !(0.0..1.0).contains(&self.factor) {
            return Err(format!("`factor` must be in 0..1, found {}", self.factor).into());
        }
        self.monitor.is_min()?;
        self.monitor.best = None;
        (self.waited, self.cooling) = (0, 0);
        Ok(())
    }

    fn on_epoch_end(&mut self, _: usize, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        let rate = at.model.optimizer().learning_rate();
        at.logs.set("learning_rate", rate);
        let Some(value) = self.monitor.read(at.logs, at.params)? else { return Ok(()) };
        if self.cooling > 0 {
            (self.cooling, self.waited) = (self.cooling - 1, 0);
        }
        if self.monitor.improves(value)? {
            self.waited = 0;
        } else if self.cooling == 0 {
            self.waited += 1;
            if self.waited >= self.patience && rate > self.min_lr {
                at.model.optimizer().set_learning_rate((rate * self.factor).max(self.min_lr))?;
                (self.cooling, self.waited) = (self.cooldown, 0);
            }
        }
        Ok(())
    }

    fn state(&self) -> Vec<f64> {
        let best = self.monitor.best.unwrap_or(f64::NAN);
        vec![best, self.waited as f64, self.cooling as f64]
    }

    fn set_state(&mut self, state: &[f64]) -> CallbackResult {
        let [best, waited, cooling] = state else {
            return Err("the backup has no state of `ReduceLROnPlateau`".into());
        };
        self.monitor.best = Some(*best).filter(|best| !best.is_nan());
        (self.waited, self.cooling) = (*waited as usize, *cooling as usize);
        Ok(())
    }
}
