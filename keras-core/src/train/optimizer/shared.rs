//! What all optimizers share: weight decay, clipping, averages of weights, accumulated gradients.

use super::hyperparameters::hyperparameters;
use super::{Hyperparameters, Optimize, OptimizerError, Variable};
use crate::float::Float;

hyperparameters! {
    /// The arguments of `keras.optimizers.Optimizer`, but for the learning rate.
    pub(super) struct Shared for [R, F] Optimize<R, F> where shared {
        /// The decay `λ` of all weights, at least 0: before each update `w ← w − η·λ·w`, whatever the gradient (Loshchilov,
        /// Hutter 2017).
        weight_decay: Option<f64> = None, AT_LEAST_0;
        /// The largest length of the gradient of one weight tensor, above 0: a longer one is scaled down to it.
        clipnorm: Option<f64> = None, POSITIVE;
        /// The largest magnitude of each number of a gradient, above 0.
        clipvalue: Option<f64> = None, POSITIVE;
        /// The largest length of all gradients taken together, above 0: longer ones are all scaled down by the same factor.
        global_clipnorm: Option<f64> = None, POSITIVE;
        /// Whether exponential moving averages `a ← μ·a + (1 − μ)·w` of the weights are kept. At the end of `fit` they become the
        /// weights.
        use_ema: bool = false, FLAG;
        /// The momentum `μ` of these averages, in `[0, 1]`.
        ema_momentum: f64 = 0.99, UNIT;
        /// Every so many updates the averages become the weights in training too, at least 1.
        ema_overwrite_frequency: Option<u64> = None, COUNT;
        /// Every so many steps, at least 1, there is an update, with the mean of the gradients since the last. Schedules count
        /// steps, [`iterations`](super::Optimizer::iterations) and `ema_overwrite_frequency` updates, as in Keras.
        gradient_accumulation_steps: Option<u64> = None, COUNT;
    }
}

impl Shared {
    /// An error where there is more than one way to clip.
    pub fn check_clips(&self) -> Result<(), OptimizerError> {
        let set = |name: &&str| name.contains("clip");
        let set =
            Shared::TABLE.iter().filter(|entry| set(&entry.name) && (entry.get)(self).is_some());
        let found: Vec<&'static str> = set.map(|entry| entry.name).collect();
        if found.len() > 1 { Err(OptimizerError::Clips { found }) } else { Ok(()) }
    }

    /// Clips the gradients as set.
    pub fn clip<F: Float>(&self, gradients: &mut [F], variables: &[Variable]) {
        if let Some(max) = self.clipnorm {
            for Variable { range, .. } in variables {
                let part = &mut gradients[range.clone()];
                shorten(part, squares(part).sqrt(), max);
            }
        } else if let Some(max) = self.global_clipnorm {
            let squares: f64 = variables.iter().map(|v| squares(&gradients[v.range.clone()])).sum();
            for Variable { range, .. } in variables {
                shorten(&mut gradients[range.clone()], squares.sqrt(), max);
            }
        } else if let Some(max) = self.clipvalue {
            let max = F::of(max);
            for Variable { range, .. } in variables {
                gradients[range.clone()].iter_mut().for_each(|g| *g = g.max(-max).min(max));
            }
        }
    }

    /// Takes the weights' averages a step on, and puts them in the weights where it is time to; `iterations` updates have been
    /// before this.
    pub fn average<F: Float>(
        &self,
        iterations: u64,
        averages: &mut [F],
        weights: &mut [F],
        variables: &[Variable],
    ) {
        if !self.use_ema {
            return;
        }
        let momentum = if iterations == 0 { 0.0 } else { self.ema_momentum };
        let (old, new) = (F::of(momentum), F::of(1.0 - momentum));
        for Variable { range, .. } in variables {
            let (averages, w) = (&mut averages[range.clone()], &weights[range.clone()]);
            averages.iter_mut().zip(w).for_each(|(a, w)| *a = old * *a + new * *w);
        }
        if self.ema_overwrite_frequency.is_some_and(|every| (iterations + 1).is_multiple_of(every))
        {
            overwrite(weights, averages, variables);
        }
    }
}

/// Puts the averages in the weights.
pub(super) fn overwrite<F: Float>(weights: &mut [F], averages: &[F], variables: &[Variable]) {
    for Variable { range, .. } in variables {
        weights[range.clone()].copy_from_slice(&averages[range.clone()]);
    }
}

/// Scales a gradient by `max / norm` where that is a reduction.
fn shorten<F: Float>(gradient: &mut [F], norm: f64, max: f64) {
    if norm > max {
        let factor = F::of(max / norm);
        gradient.iter_mut().for_each(|g| *g = *g * factor);
    }
}

/// `Σ x²`, in eight partial sums, which the compiler can vectorise.
fn squares<F: Float>(x: &[F]) -> f64 {
    let mut sums = [0.0; 8];
    for x in x.chunks(8) {
        sums.iter_mut().zip(x).for_each(|(sum, x)| *sum += x.f64() * x.f64());
    }
    sums.iter().sum()
}
