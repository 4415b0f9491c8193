//! Steps on one batch.

use core::marker::PhantomData;

use super::fit::{State, Trainer};
use super::history::Means;
use super::step::{Count, step};
use super::{FitError, Logs};
use crate::backend::Backend;
use crate::float::Float;
use crate::net::Net;
use crate::pass::Noise;
use crate::random::mix;

/// Training steps on one batch, whose data was checked and laid out once: what [`Model::steps`](crate::model::Model::steps)
/// returns. A step allocates nothing after the first.
pub struct Steps<'m, N: Net, F: Float, B: Backend> {
    trainer: &'m mut Trainer<F>,
    state: State<'m, N, F>,
    means: Means,
    backend: PhantomData<B>,
}

impl<'m, N: Net, F: Float, B: Backend> Steps<'m, N, F, B> {
    /// On the batch that is staged in `trainer`.
    pub(super) fn new(trainer: &'m mut Trainer<F>, state: State<'m, N, F>) -> Self {
        trainer.gradients.resize(state.weights.len(), F::zero());
        Steps { trainer, state, means: Means::of::<N>(), backend: PhantomData }
    }

    /// Takes a step, with random numbers of its own, and returns the loss before it.
    ///
    /// # Errors
    /// Where a loss or a gradient is not finite; the weights are those before the step.
    pub fn step(&mut self) -> Result<f64, FitError> {
        let trainer = &mut *self.trainer;
        let key = mix(0, trainer.rounds);
        trainer.rounds += 1;
        self.means.clear();
        step::<N, F, B>(
            &trainer.plan,
            &mut trainer.pass,
            self.state.weights,
            &mut trainer.gradients,
            &mut *trainer.optimizer,
            Noise { key, first: 0 },
            Count { epoch: 1, batch: 1 },
            &mut self.means,
        )?;
        Ok(self.means.loss())
    }

    /// The losses and metrics of the last step.
    pub fn logs(&self) -> Logs {
        self.means.logs::<N>()
    }
}
