//! One training step: forward, backward, penalties, optimizer, constraints.

use core::ops::Range;

use super::history::Means;
use super::{FitError, Optimizer};
use crate::backend::Backend;
use crate::float::Float;
use crate::net::Net;
use crate::pass::{Noise, Pass};
use crate::weights::Weight;

/// What a step needs to know of the weights, gathered once.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    weights: Vec<Weight>,
    /// The trainable weights; neighbours are one range.
    trainable: Vec<Range<usize>>,
}

impl Plan {
    pub(crate) fn of<N: Net>() -> Self {
        let weights = N::WEIGHTS.walk();
        let mut trainable: Vec<Range<usize>> = Vec::new();
        for range in weights.iter().filter(|weight| weight.trainable).map(Weight::range) {
            match trainable.last_mut() {
                Some(last) if last.end == range.start => last.end = range.end,
                _ => trainable.push(range),
            }
        }
        Plan { weights, trainable }
    }

    /// The penalties on all trainable weights: as in Keras, one on a weight that is not trainable does not count.
    pub(crate) fn penalty<F: Float>(&self, values: &[F]) -> f64 {
        self.regularized().map(|(w, penalty)| penalty.value(&values[w.range()])).sum()
    }

    fn regularized(&self) -> impl Iterator<Item = (&Weight, crate::weights::Regularizer)> {
        let trainable = self.weights.iter().filter(|weight| weight.trainable);
        trainable.filter_map(|weight| weight.regularizer.map(|penalty| (weight, penalty)))
    }

    fn add_penalty_gradients<F: Float>(&self, values: &[F], gradients: &mut [F]) {
        for (weight, penalty) in self.regularized() {
            penalty.add_gradient(&values[weight.range()], &mut gradients[weight.range()]);
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

/// Takes one step on the batch staged in `pass` and adds its losses and metrics to `means`.
///
/// Nothing is changed before losses and gradients are known to be finite, so that a step that goes wrong has not happened.
#[allow(clippy::too_many_arguments)]
pub(crate) fn step<N: Net, F: Float, B: Backend>(
    plan: &Plan,
    pass: &mut Pass<F>,
    weights: &mut [F],
    gradients: &mut [F],
    optimizer: &mut dyn Optimizer<F>,
    noise: Noise,
    count: Count,
    means: &mut Means,
) -> Result<(), FitError> {
    gradients.fill(F::zero());
    pass.train::<N::Objective, B>(weights, gradients, N::LOSSES.len(), noise);
    let penalty = plan.penalty(weights);
    finite_losses::<N, F>(pass, penalty, count)?;
    plan.add_penalty_gradients(weights, gradients);
    finite_gradients(plan, gradients, count)?;
    means.add(pass.batch(), values::<N, F>(pass, penalty));
    optimizer.step(weights, gradients, &plan.trainable);
    plan.constrain(weights);
    Ok(())
}

/// The loss with the penalties, each loss, each statistic of the metrics: means over the batch that ran in `pass`.
pub(crate) fn values<N: Net, F: Float>(
    pass: &Pass<F>,
    penalty: f64,
) -> impl Iterator<Item = f64> + '_ {
    let losses = N::LOSSES.len();
    let total = (0..losses).map(|i| pass.mean(i)).sum::<f64>() + penalty;
    let statistics = N::METRICS.iter().enumerate().flat_map(move |(i, metric)| {
        (0..metric.width).map(move |s| pass.mean_of(losses + i, s, metric.width))
    });
    core::iter::once(total).chain((0..losses).map(|i| pass.mean(i))).chain(statistics)
}

fn finite_losses<N: Net, F: Float>(
    pass: &Pass<F>,
    penalty: f64,
    Count { epoch, batch }: Count,
) -> Result<(), FitError> {
    // The losses one by one before their sum: a message should name the one that went wrong.
    let names = N::LOSSES.iter().copied().zip(values::<N, F>(pass, penalty).skip(1));
    let total = values::<N, F>(pass, penalty).take(1).map(|total| ("loss", total));
    match names.chain(total).find(|(_, value)| !value.is_finite()) {
        Some((loss, value)) => Err(FitError::Loss { epoch, batch, loss, value }),
        None => Ok(()),
    }
}

fn finite_gradients<F: Float>(
    plan: &Plan,
    gradients: &[F],
    Count { epoch, batch }: Count,
) -> Result<(), FitError> {
    // Without a way out of the inner loop it vectorises.
    let finite = |part: &[F]| part.iter().fold(true, |all, g| all & g.is_finite());
    if plan.trainable.iter().all(|range| gradients[range.clone()].chunks(256).all(finite)) {
        return Ok(());
    }
    let trainable = plan.weights.iter().filter(|weight| weight.trainable);
    for weight in trainable {
        let found = gradients[weight.range()].iter().find(|g| !g.is_finite());
        if let Some(value) = found.map(|g| g.f64()) {
            return Err(FitError::Gradient { epoch, batch, weight: weight.path.clone(), value });
        }
    }
    Ok(())
}
