//! Steps on one batch: a training loop of one's own.

use super::step::Count;
use super::totals::Totals;
use super::{Logs, StepError, numbers};
use crate::backend::Backend;
use crate::data::{Columns, Dataset};
use crate::float::Float;
use crate::model::Model;
use crate::net::Net;
use crate::pass::Noise;
use crate::random::mix;

/// Training steps on one batch, whose data was checked and laid out once: what [`Model::steps`] returns. A step allocates
/// nothing after the first.
pub struct Steps<'m, N: Net, F: Float, B: Backend> {
    model: &'m mut Model<N, F, B>,
    totals: Totals,
}

impl<'m, N: Net, F: Float, B: Backend> Steps<'m, N, F, B> {
    /// On all of `data`.
    pub(crate) fn of(
        model: &'m mut Model<N, F, B>,
        data: &dyn Dataset<N, F>,
    ) -> Result<Self, StepError> {
        let columns = Columns::dataset::<N>(data)?;
        model.trainer.pass.stage(&columns, 0..columns.rows())?;
        model.trainer.pass.stage_variables(numbers(&model.variables));
        Ok(Steps { model, totals: Totals::of::<N>() })
    }

    /// Takes a step, with random numbers of its own, and returns the loss before it.
    ///
    /// # Errors
    /// Where a loss or a gradient is not finite; the weights are those before the step.
    pub fn step(&mut self) -> Result<f64, StepError> {
        self.gradients()?;
        self.apply();
        Ok(self.totals.loss())
    }

    /// The gradients of the loss, penalties included, in the order of
    /// [`weights_flat`](Model::weights_flat), to be looked at or changed; [`apply`](Self::apply) then takes the step. Those of
    /// weights that are not trainable are 0.
    ///
    /// # Errors
    /// Where a loss or a gradient is not finite.
    pub fn gradients(&mut self) -> Result<&mut [F], StepError> {
        let Model { weights, trainer, .. } = &mut *self.model;
        let key = mix(0, trainer.rounds);
        trainer.rounds += 1;
        self.totals.clear();
        let (noise, count) = (Noise { key, first: 0 }, Count { epoch: 1, batch: 1 });
        trainer.differentiate::<N, B>(weights, noise, count, &mut self.totals)?;
        Ok(&mut trainer.gradients)
    }

    /// One step of the optimizer along the last [`gradients`](Self::gradients), and then the constraints, and the updates of
    /// weights by their layers. Nothing before the first.
    pub fn apply(&mut self) {
        let Model { weights, trainer, .. } = &mut *self.model;
        if trainer.gradients.len() == weights.len() {
            trainer.apply(weights);
        }
    }

    /// The losses and metrics of the last step.
    pub fn logs(&self) -> Logs {
        self.totals.logs::<N>()
    }
}
