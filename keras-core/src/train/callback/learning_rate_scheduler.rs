//! `LearningRateScheduler`.

use super::{Callback, CallbackResult, Context};
use crate::backend::Backend;
use crate::float::Float;
use crate::net::Net;

/// Sets the learning rate before each epoch, as `keras.callbacks.LearningRateScheduler`: `schedule(epoch, learning_rate)`, with
/// the epoch counted from 0 and the learning rate so far. The logs get the `learning_rate` of the epoch.
///
/// ```
/// # use keras_core::prelude::*;
/// let halved = LearningRateScheduler::new(|epoch, rate| if epoch < 10 { rate } else { rate / 2.0 });
/// ```
#[derive(Clone, Debug)]
pub struct LearningRateScheduler<S> {
    schedule: S,
}

impl<S: FnMut(usize, f64) -> f64> LearningRateScheduler<S> {
    /// With this schedule.
    pub fn new(schedule: S) -> Self {
        LearningRateScheduler { schedule }
    }
}

impl<N, F, B, S> Callback<N, F, B> for LearningRateScheduler<S>
where
    N: Net,
    F: Float,
    B: Backend,
    S: FnMut(usize, f64) -> f64,
{
    fn on_epoch_begin(&mut self, epoch: usize, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        let optimizer = at.model.optimizer();
        let rate = (self.schedule)(epoch, optimizer.learning_rate());
        Ok(optimizer.set_learning_rate(rate)?)
    }

    fn on_epoch_end(&mut self, _: usize, at: &mut Context<'_, N, F, B>) -> CallbackResult {
        at.logs.set("learning_rate", at.model.optimizer().learning_rate());
        Ok(())
    }
}
