//! An optimizer made of an algorithm: all but the update itself, once.

use super::hyperparameters::{set, values};
use super::progress::Progress;
use super::shared::{Shared, overwrite};
use super::{Hyperparameters, Optimizer, OptimizerError, OptimizerState, Range, Rule, Variable};
use crate::float::Float;
use crate::train::LearningRate;

/// The optimizer with the algorithm `R`: [`Adam`](super::Adam) is `Optimize<AdamRule>`.
///
/// A step clips the gradients, decays the weights, updates them by `R`, and averages them, each where it is asked for and in
/// the order of `keras.optimizers.Optimizer`. It allocates nothing after the first.
///
/// ```
/// use keras_core::prelude::*;
///
/// let adam = Adam::<f32>::new()
///     .beta_1(0.8)
///     .clipnorm(1.0)
///     .weight_decay(0.004)
///     .exclude_from_weight_decay(["bias"])
///     .learning_rate(CosineDecay::new(0.1, 1000));
/// ```
#[derive(Clone, Debug)]
pub struct Optimize<R, F = f32> {
    pub(super) learning_rate: LearningRate,
    pub(super) rule: R,
    pub(super) shared: Shared,
    pub(super) excluded: Vec<String>,
    pub(super) progress: Progress<F>,
}

impl<R: Rule, F> Default for Optimize<R, F> {
    fn default() -> Self {
        Optimize {
            learning_rate: R::LEARNING_RATE.into(),
            rule: R::default(),
            shared: Shared { weight_decay: R::WEIGHT_DECAY, ..Shared::default() },
            excluded: Vec::new(),
            progress: Progress::new::<R>(),
        }
    }
}

impl<R: Rule, F> Optimize<R, F> {
    /// The optimizer with Keras' defaults.
    pub fn new() -> Self {
        Self::default()
    }
}

impl<R, F> Optimize<R, F> {
    /// The learning rate `η`, at least 0: a number, a [`Schedule`](crate::train::Schedule), or a function of the step.
    pub fn learning_rate(self, learning_rate: impl Into<LearningRate>) -> Self {
        Optimize { learning_rate: learning_rate.into(), ..self }
    }

    /// Weights that do not decay: those whose path has one of `names` as a part. `bias` is `head/bias` and every other bias,
    /// `head` all weights in `head`, `head/bias` that one alone.
    pub fn exclude_from_weight_decay<S: Into<String>>(
        self,
        names: impl IntoIterator<Item = S>,
    ) -> Self {
        Optimize { excluded: names.into_iter().map(Into::into).collect(), ..self }
    }
}

impl<R: Rule, F: Float> Optimizer<F> for Optimize<R, F> {
    fn name(&self) -> &'static str {
        R::NAME
    }

    fn step(&mut self, weights: &mut [F], gradients: &mut [F], variables: &[Variable]) {
        self.fit_to(weights);
        let due = self.gather(gradients, variables);
        if due {
            let learning_rate = Optimizer::learning_rate(self);
            self.shared.clip(gradients, variables);
            self.decay(learning_rate, weights, variables);
            self.update(learning_rate, weights, gradients, variables);
        }
        let progress = &mut self.progress;
        self.shared.average(progress.iterations, &mut progress.averages, weights, variables);
        progress.steps += 1;
        progress.iterations += u64::from(due);
    }

    fn finalize(&mut self, weights: &mut [F], variables: &[Variable]) {
        // They are empty without averages and before the first step.
        if self.shared.use_ema && self.progress.averages.len() == weights.len() {
            overwrite(weights, &self.progress.averages, variables);
        }
    }

    fn check(&self) -> Result<(), OptimizerError> {
        self.learning_rate.check()?;
        for (name, range, value) in self.arguments() {
            range.check_as::<F>(name, value)?;
        }
        self.shared.check_clips()
    }

    fn get(&self, name: &str) -> Option<f64> {
        self.arguments().find(|(argument, ..)| *argument == name).map(|(.., value)| value)
    }

    fn set(&mut self, name: &str, value: f64) -> Result<(), OptimizerError> {
        if name == "learning_rate" {
            return self.learning_rate.set::<F>(value);
        }
        let (mut rule, mut shared) = (self.rule.clone(), self.shared.clone());
        if !(set::<_, F>(&mut rule, name, value)? || set::<_, F>(&mut shared, name, value)?) {
            let (name, names) = (name.to_owned(), names::<R>());
            return Err(OptimizerError::Unknown { optimizer: R::NAME, name, names });
        }
        shared.check_clips()?;
        (self.rule, self.shared) = (rule, shared);
        Ok(())
    }

    fn hyperparameters(&self) -> Vec<(&'static str, f64)> {
        self.arguments().map(|(name, _, value)| (name, value)).collect()
    }

    fn learning_rate(&self) -> f64 {
        self.learning_rate.at(self.progress.steps)
    }

    fn iterations(&self) -> u64 {
        self.progress.iterations
    }

    fn state(&self) -> OptimizerState<F> {
        self.saved()
    }

    fn restore(&mut self, state: OptimizerState<F>) -> Result<(), OptimizerError> {
        *self = self.restored(state)?;
        Ok(())
    }

    fn boxed(&self) -> Box<dyn Optimizer<F>> {
        Box::new(self.clone())
    }

    fn into_box(self) -> Box<dyn Optimizer<F>> {
        R::boxed(self)
    }
}

impl<R: Rule, F: Float> Optimize<R, F> {
    /// The names, ranges and values of all hyper-parameters that are set.
    fn arguments(&self) -> impl Iterator<Item = (&'static str, Range, f64)> {
        let rate = ("learning_rate", Range::AT_LEAST_0, Optimizer::learning_rate(self));
        core::iter::once(rate).chain(values(&self.rule)).chain(values(&self.shared))
    }
}

/// The names of all hyper-parameters of an optimizer with the algorithm `R`.
fn names<R: Rule>() -> Vec<&'static str> {
    let (own, shared) = (R::TABLE.iter().map(|p| p.name), Shared::TABLE.iter().map(|p| p.name));
    core::iter::once("learning_rate").chain(own).chain(shared).collect()
}
