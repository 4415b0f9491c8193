//! All that an optimizer is, as named numbers: for checkpoints.

use super::progress::Progress;
use super::{Hyperparameters, Optimize, Optimizer, OptimizerError, Rule};
use crate::float::Float;
use crate::train::LearningRate;

/// The state of an optimizer, as [`Optimizer::state`] gives and [`Optimizer::restore`] takes it.
///
/// A schedule, and which weights are excluded from decay, are not part of it: they are code of the optimizer that it is
/// restored into.
#[derive(Clone, Debug, PartialEq)]
pub struct OptimizerState<F> {
    /// The name of the optimizer.
    pub name: String,
    /// The hyper-parameters that are set; without `learning_rate` where that follows a schedule.
    pub hyperparameters: Vec<(String, f64)>,
    /// `weights` (how many numbers; 0 before the first step), `steps`, `iterations` and `accumulated` gradients.
    pub counts: Vec<(String, u64)>,
    /// Numbers of the algorithm, as Nadam's `momentum_product`.
    pub scalars: Vec<(String, f64)>,
    /// The algorithm's slots, `average` and `gradient_accumulator`: one number for each weight, none where not in use.
    pub slots: Vec<(String, Vec<F>)>,
}

impl<R: Rule, F: Float> Optimize<R, F> {
    pub(super) fn saved(&self) -> OptimizerState<F> {
        let scheduled = matches!(self.learning_rate, LearningRate::Schedule(_));
        let mut hyperparameters = self.hyperparameters();
        hyperparameters.retain(|(name, _)| !(scheduled && *name == "learning_rate"));
        let mut progress = self.progress.clone();
        OptimizerState {
            name: R::NAME.to_owned(),
            hyperparameters: named(hyperparameters),
            counts: named(counts(&mut progress).map(|(name, count)| (name, *count))),
            scalars: named(scalars::<R, F>(&mut progress).map(|(name, value)| (name, *value))),
            slots: named(slots(&self.rule, &mut progress).map(|(name, slot)| (name, slot.clone()))),
        }
    }

    /// This optimizer in another state.
    pub(super) fn restored(&self, state: OptimizerState<F>) -> Result<Self, OptimizerError> {
        if state.name != R::NAME {
            return Err(OptimizerError::Other { expected: R::NAME, found: state.name });
        }
        let mut new = Optimize { progress: Progress::new::<R>(), ..self.clone() };
        let mut left = Left { of: R::NAME, entries: state.hyperparameters };
        match (left.take("learning_rate"), &new.learning_rate) {
            (Ok(rate), _) => new.learning_rate = rate.into(),
            (Err(_), LearningRate::Schedule(_)) => {}
            (Err(missing), _) => return Err(missing),
        }
        left.set(&mut new.rule)?;
        left.set(&mut new.shared)?;
        left.end()?;
        new.check()?;
        let mut left = Left { of: R::NAME, entries: state.counts };
        left.fill(counts(&mut new.progress))?;
        let mut left = Left { of: R::NAME, entries: state.scalars };
        left.fill(scalars::<R, F>(&mut new.progress))?;
        let mut left = Left { of: R::NAME, entries: state.slots };
        left.fill(slots(&new.rule, &mut new.progress))?;
        let expected = new.progress.weights as usize;
        for (slot, found) in slots(&new.rule, &mut new.progress).map(|(name, x)| (name, x.len())) {
            if found != 0 && found != expected {
                return Err(OptimizerError::Length { slot, expected, found });
            }
        }
        Ok(new)
    }
}

fn counts<F>(progress: &mut Progress<F>) -> impl Iterator<Item = (&'static str, &mut u64)> {
    let Progress { weights, steps, iterations, accumulated, .. } = progress;
    let counts = [("weights", weights), ("steps", steps), ("iterations", iterations)];
    counts.into_iter().chain([("accumulated", accumulated)])
}

fn scalars<R: Rule, F>(
    progress: &mut Progress<F>,
) -> impl Iterator<Item = (&'static str, &mut f64)> {
    R::SCALARS.iter().map(|(name, _)| *name).zip(&mut progress.scalars)
}

fn slots<'a, R: Rule, F>(
    rule: &R,
    progress: &'a mut Progress<F>,
) -> impl Iterator<Item = (&'static str, &'a mut Vec<F>)> + use<'a, R, F> {
    let Progress { slots, averages, sums, .. } = progress;
    let own = rule.slots().map(|slot| slot.name).into_iter().zip(slots);
    let own = own.filter(|(name, _)| !name.is_empty());
    own.chain([("average", averages), ("gradient_accumulator", sums)])
}

fn named<T>(entries: impl IntoIterator<Item = (&'static str, T)>) -> Vec<(String, T)> {
    entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// What is left of the entries of a state for the optimizer `of`.
struct Left<T> {
    of: &'static str,
    entries: Vec<(String, T)>,
}

impl<T> Left<T> {
    fn take(&mut self, name: &str) -> Result<T, OptimizerError> {
        match self.entries.iter().position(|(entry, _)| entry == name) {
            Some(i) => Ok(self.entries.remove(i).1),
            None => Err(OptimizerError::Missing { optimizer: self.of, name: name.to_owned() }),
        }
    }

    /// Takes exactly the values of all `targets`.
    fn fill<'a>(
        &mut self,
        targets: impl Iterator<Item = (&'static str, &'a mut T)>,
    ) -> Result<(), OptimizerError>
    where
        T: 'a,
    {
        for (name, target) in targets {
            *target = self.take(name)?;
        }
        self.end()
    }

    /// An error where something is left.
    fn end(&mut self) -> Result<(), OptimizerError> {
        match self.entries.pop() {
            Some((name, _)) => Err(OptimizerError::Unexpected { optimizer: self.of, name }),
            None => Ok(()),
        }
    }
}

impl Left<f64> {
    /// Takes the hyper-parameters of `target`; optional ones that are not there are not set.
    fn set<H: Hyperparameters>(&mut self, target: &mut H) -> Result<(), OptimizerError> {
        for entry in H::TABLE {
            match self.take(entry.name) {
                Ok(value) => _ = (entry.set)(target, Some(value)),
                Err(_) if (entry.set)(target, None) => {}
                Err(missing) => return Err(missing),
            }
        }
        Ok(())
    }
}
