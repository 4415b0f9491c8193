//! One training step: forward, backward, penalties, optimizer, constraints.

use super::totals::Totals;
use super::{StepError, Trainer, Variable};
use crate::backend::Backend;
use crate::float::Float;
use crate::net::Net;
use crate::pass::{Noise, Pass};
use crate::weights::Weight;

/// What a step needs to know of the weights, gathered once.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    weights: Vec<Weight>,
    /// The trainable weights, for optimizers.
    trainable: Vec<Variable>,
    /// The weights that their layers update.
    updated: Vec<Variable>,
}

impl Plan {
    pub(crate) fn of(weights: Vec<Weight>) -> Self {
        let variable =
            |weight: &Weight| Variable { path: weight.path.clone(), range: weight.range() };
        let trainable = weights.iter().filter(|weight| weight.trainable).map(variable).collect();
        let updated = weights.iter().filter(|weight| weight.updated).map(variable).collect();
        Plan { weights, trainable, updated }
    }

    /// The penalties on all trainable weights: as in Keras, one on a weight that is not trainable does not count.
    pub(crate) fn penalty<F: Float>(&self, values: &[F]) -> f64 {
        F::penalty(self, values)
    }

    fn regularized(&self) -> impl Iterator<Item = (&Weight, crate::weights::Regularizer)> {
        let trainable = self.weights.iter().filter(|weight| weight.trainable);
        trainable.filter_map(|weight| weight.regularizer.map(|penalty| (weight, penalty)))
    }

    fn add_penalty_gradients<F: Float>(&self, values: &[F], gradients: &mut [F]) {
        for (weight, penalty) in self.regularized() {
            penalty.add_gradient(weight, &values[weight.range()], &mut gradients[weight.range()]);
        }
    }

    fn constrain<F: Float>(&self, values: &mut [F]) {
        for weight in self.weights.iter().filter(|weight| weight.trainable) {
            if let Some(constraint) = weight.constraint {
                constraint.apply(weight, &mut values[weight.range()]);
            }
        }
    }
}

/// Which step it is, for messages; both counted from 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Count {
    pub epoch: usize,
    pub batch: usize,
}

impl<F: Float> Trainer<F> {
    /// The gradients of the loss, penalties included, on the batch that is staged, and what layers make of the weights that they
    /// update; the losses and metrics of the batch are added to `totals`.
    ///
    /// Nothing but the gradients and updates is changed, and they and the losses are finite, so that a step that goes wrong has
    /// not happened.
    pub(crate) fn differentiate<N: Net, B: Backend>(
        &mut self,
        weights: &[F],
        noise: Noise,
        count: Count,
        totals: &mut Totals,
    ) -> Result<(), StepError> {
        self.gradients.clear();
        self.gradients.resize(weights.len(), F::zero());
        let Trainer { pass, gradients, .. } = self;
        pass.train::<N::Objective, B>(weights, gradients, N::LOSSES.len(), noise);
        let penalty = F::settle(self, weights, N::LOSSES, count)?;
        totals.add::<N, F>(&self.pass, penalty);
        Ok(())
    }

    /// What the optimizer does at the end of a training.
    pub(super) fn finalize(&mut self, weights: &mut [F]) {
        self.optimizer.finalize(weights, &self.plan.trainable);
    }

    /// One step of the optimizer along the gradients, and then the constraints and the updates.
    pub(crate) fn apply(&mut self, weights: &mut [F]) {
        F::apply(self, weights);
    }
}

/// [`Trainer::differentiate`] from where the gradients of the loss are there: it adds those of the penalties and checks all
/// numbers. Gives the penalty.
pub(crate) fn settle<F: Float>(
    trainer: &mut Trainer<F>,
    weights: &[F],
    losses: &[&'static str],
    count: Count,
) -> Result<f64, StepError> {
    let Trainer { plan, pass, gradients, updates, .. } = trainer;
    take_updates(plan, gradients, updates);
    let penalty = penalty(plan, weights);
    finite_losses(pass, losses, penalty, count)?;
    plan.add_penalty_gradients(weights, gradients);
    finite_gradients(plan, gradients, count)?;
    finite_updates(plan, updates, count)?;
    Ok(penalty)
}

/// [`Trainer::apply`].
pub(crate) fn apply<F: Float>(trainer: &mut Trainer<F>, weights: &mut [F]) {
    trainer.optimizer.step(weights, &mut trainer.gradients, &trainer.plan.trainable);
    trainer.plan.constrain(weights);
    let mut rest = &trainer.updates[..];
    for Variable { range, .. } in &trainer.plan.updated {
        let (update, more) = rest.split_at(range.len());
        weights[range.clone()].copy_from_slice(update);
        rest = more;
    }
}

/// [`Plan::penalty`].
pub(crate) fn penalty<F: Float>(plan: &Plan, values: &[F]) -> f64 {
    plan.regularized().map(|(w, penalty)| penalty.value(w, &values[w.range()])).sum()
}

/// Takes updates from where gradients are, so that there are gradients alone.
fn take_updates<F: Float>(plan: &Plan, gradients: &mut [F], updates: &mut Vec<F>) {
    updates.clear();
    for Variable { range, .. } in &plan.updated {
        updates.extend_from_slice(&gradients[range.clone()]);
        gradients[range.clone()].fill(F::zero());
    }
}

fn finite_losses<F: Float>(
    pass: &Pass<F>,
    losses: &[&'static str],
    penalty: f64,
    Count { epoch, batch }: Count,
) -> Result<(), StepError> {
    let mean = |i: usize| pass.sum(i, 0, 1, true) / pass.batch() as f64;
    let total = (0..losses.len()).map(mean).sum::<f64>() + penalty;
    if total.is_finite() {
        return Ok(());
    }
    // A message should name the one that went wrong.
    let mut losses = losses.iter().enumerate().map(|(i, name)| (*name, mean(i)));
    let (loss, value) = losses.find(|(_, value)| !value.is_finite()).unwrap_or(("loss", total));
    Err(StepError::Loss { epoch, batch, loss, value })
}

fn finite_gradients<F: Float>(
    plan: &Plan,
    gradients: &[F],
    Count { epoch, batch }: Count,
) -> Result<(), StepError> {
    // Without a way out of the inner loop it vectorises.
    let finite = |part: &[F]| part.iter().fold(true, |all, g| all & g.is_finite());
    if plan.trainable.iter().all(|v| gradients[v.range.clone()].chunks(256).all(finite)) {
        return Ok(());
    }
    let trainable = plan.weights.iter().filter(|weight| weight.trainable);
    for weight in trainable {
        let found = gradients[weight.range()].iter().find(|g| !g.is_finite());
        if let Some(value) = found.map(|g| g.f64()) {
            return Err(StepError::Gradient { epoch, batch, weight: weight.path.clone(), value });
        }
    }
    Ok(())
}

fn finite_updates<F: Float>(
    plan: &Plan,
    updates: &[F],
    Count { epoch, batch }: Count,
) -> Result<(), StepError> {
    let Some(at) = updates.iter().position(|update| !update.is_finite()) else { return Ok(()) };
    let ends = plan.updated.iter().scan(0, |end, variable| {
        *end += variable.range.len();
        Some((*end, variable))
    });
    let weight =
        ends.filter(|(end, _)| at < *end).map(|(_, variable)| variable.path.clone()).next();
    let (weight, value) = (weight.unwrap_or_default(), updates[at].f64());
    Err(StepError::Update { epoch, batch, weight, value })
}
