//! A step of an optimizer, part by part, and what it changes.

use super::rule::SLOTS;
use super::{Now, Optimize, Rule, Stretch, Variable};
use crate::float::Float;

/// What steps change.
#[derive(Clone, Debug)]
pub(super) struct Progress<F> {
    /// The number of weights; 0 before the first step.
    pub weights: u64,
    /// The steps so far, as schedules count.
    pub steps: u64,
    /// The updates so far.
    pub iterations: u64,
    /// How many gradients are in the sums.
    pub accumulated: u64,
    /// The values of [`Rule::SCALARS`].
    pub scalars: Vec<f64>,
    /// Those of [`Rule::slots`]; these and the following are empty where not in use.
    pub slots: [Vec<F>; SLOTS],
    /// The moving averages of the weights.
    pub averages: Vec<F>,
    /// The sums of the gradients since the last update.
    pub sums: Vec<F>,
}

impl<F> Progress<F> {
    /// No step yet, with the algorithm `R`.
    pub fn new<R: Rule>() -> Self {
        Progress {
            weights: 0,
            steps: 0,
            iterations: 0,
            accumulated: 0,
            scalars: R::SCALARS.iter().map(|(_, initial)| *initial).collect(),
            slots: [const { Vec::new() }; SLOTS],
            averages: Vec::new(),
            sums: Vec::new(),
        }
    }
}

impl<R: Rule, F: Float> Optimize<R, F> {
    /// Makes the state as long as the weights; where it was for another number of weights, it begins anew.
    pub(super) fn fit_to(&mut self, weights: &[F]) {
        let (len, shared) = (weights.len(), &self.shared);
        if self.progress.weights != len as u64 {
            self.progress = Progress { weights: len as u64, ..Progress::new::<R>() };
        }
        let Progress { slots, averages, sums, .. } = &mut self.progress;
        for (values, slot) in slots.iter_mut().zip(self.rule.slots()) {
            values.resize(if slot.used { len } else { 0 }, F::of(slot.initial));
        }
        sums.resize(shared.gradient_accumulation_steps.map_or(0, |_| len), F::zero());
        if !shared.use_ema {
            averages.clear();
        } else if averages.is_empty() {
            averages.extend_from_slice(weights);
        }
    }

    /// Takes in the gradients of a step, and whether an update is due: then they are the mean since the last.
    pub(super) fn gather(&mut self, gradients: &mut [F], variables: &[Variable]) -> bool {
        let Progress { accumulated, sums, .. } = &mut self.progress;
        let Some(steps) = self.shared.gradient_accumulation_steps else {
            *accumulated = 0;
            return true;
        };
        *accumulated += 1;
        let (due, count) = (*accumulated >= steps, F::of(*accumulated as f64));
        for Variable { range, .. } in variables {
            for (sum, dw) in sums[range.clone()].iter_mut().zip(&mut gradients[range.clone()]) {
                *sum += *dw;
                if due {
                    *dw = *sum / count;
                    *sum = F::zero();
                }
            }
        }
        if due {
            *accumulated = 0;
        }
        due
    }

    /// `w ← w − η·λ·w`, where a weight is not excluded from it.
    pub(super) fn decay(&self, rate: f64, weights: &mut [F], variables: &[Variable]) {
        let Some(decay) = self.shared.weight_decay else { return };
        let factor = F::of(decay * rate);
        let excluded = |path: &str| self.excluded.iter().any(|part| has_part(path, part));
        for Variable { range, .. } in variables.iter().filter(|v| !excluded(&v.path)) {
            weights[range.clone()].iter_mut().for_each(|w| *w = *w - *w * factor);
        }
    }

    /// What the algorithm does.
    pub(super) fn update(
        &mut self,
        learning_rate: f64,
        weights: &mut [F],
        gradients: &[F],
        variables: &[Variable],
    ) {
        let Progress { iterations, scalars, slots, .. } = &mut self.progress;
        let update = self.rule.update::<F>(Now { learning_rate, step: *iterations + 1, scalars });
        for Variable { range, .. } in variables {
            let (w, dw) = (&mut weights[range.clone()], &gradients[range.clone()]);
            // Nothing is in a slot that is not in use.
            let slots = slots.each_mut().map(|s| s.get_mut(range.clone()).unwrap_or_default());
            update(Stretch { w, dw, slots });
        }
    }
}

/// Whether the names in `part` (`head`, `head/bias`) follow each other in `path`.
fn has_part(path: &str, part: &str) -> bool {
    path.match_indices(part).any(|(i, _)| {
        let (before, after) = (&path[..i], &path[i + part.len()..]);
        (before.is_empty() || before.ends_with('/')) && (after.is_empty() || after.starts_with('/'))
    })
}
