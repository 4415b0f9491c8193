//! Optimizers, with Keras' formulas and defaults, over the flat weights: one loop a step.

use core::fmt::Debug;
use core::ops::Range;

use crate::float::Float;

/// How gradients change weights. The value holds its own state (moments, step count), one number for each weight.
pub trait Optimizer<F>: Debug + Send + Sync {
    /// Takes one step: changes the `weights` in the ranges `trainable` along `gradients`, which is as long.
    ///
    /// A first step, and one with another number of weights than the one before, begins with a fresh state.
    fn step(&mut self, weights: &mut [F], gradients: &[F], trainable: &[Range<usize>]);
    /// The learning rate.
    fn learning_rate(&self) -> f64;
    /// Sets the learning rate of the steps that follow; the state stays.
    fn set_learning_rate(&mut self, learning_rate: f64) -> Result<(), OptimizerError>;
    /// Its name, in files.
    fn name(&self) -> &'static str;
    /// How many steps it took.
    fn iterations(&self) -> u64;
    /// All that it is, for a checkpoint.
    fn state(&self) -> OptimizerState<F>;
    /// Takes what [`state`](Self::state) gave.
    ///
    /// # Errors
    /// Where it is of another optimizer.
    fn restore(&mut self, state: OptimizerState<F>) -> Result<(), OptimizerError>;
    /// A copy with its state, for a copy of the model: `Box::new(self.clone())`.
    fn boxed(&self) -> Box<dyn Optimizer<F>>;
}

/// Stochastic gradient descent, with momentum, as `keras.optimizers.SGD`.
///
/// Without momentum `w ← w − η·dw`. With it `v ← μ·v − η·dw` and `w ← w + v`; Nesterov's looks ahead: `w ← w + μ·v − η·dw`.
#[derive(Clone, Debug, PartialEq)]
pub struct Sgd<F = f32> {
    learning_rate: f64,
    momentum: f64,
    nesterov: bool,
    steps: u64,
    velocity: Vec<F>,
}

impl<F> Default for Sgd<F> {
    fn default() -> Self {
        Sgd { learning_rate: 0.01, momentum: 0.0, nesterov: false, steps: 0, velocity: Vec::new() }
    }
}

impl<F> Sgd<F> {
    /// Learning rate 0.01, no momentum.
    pub fn new() -> Self {
        Self::default()
    }

    /// The learning rate `η`, above 0.
    pub fn learning_rate(self, learning_rate: f64) -> Self {
        Sgd { learning_rate, ..self }
    }

    /// The momentum `μ`, in `[0, 1)`.
    pub fn momentum(self, momentum: f64) -> Self {
        Sgd { momentum, ..self }
    }

    /// Whether the momentum is Nesterov's; it needs a momentum above 0.
    pub fn nesterov(self, nesterov: bool) -> Self {
        Sgd { nesterov, ..self }
    }
}

impl<F: Float> Optimizer<F> for Sgd<F> {
    fn step(&mut self, weights: &mut [F], gradients: &[F], trainable: &[Range<usize>]) {
        self.steps += 1;
        let (rate, momentum) = (F::of(self.learning_rate), F::of(self.momentum));
        if self.momentum == 0.0 {
            for range in trainable {
                let (w, dw) = (&mut weights[range.clone()], &gradients[range.clone()]);
                w.iter_mut().zip(dw).for_each(|(w, dw)| *w = *w - rate * *dw);
            }
            return;
        }
        fit_to(&mut self.velocity, weights.len());
        for range in trainable {
            let (w, dw) = (&mut weights[range.clone()], &gradients[range.clone()]);
            let velocity = &mut self.velocity[range.clone()];
            for ((w, dw), v) in w.iter_mut().zip(dw).zip(velocity) {
                let step = rate * *dw;
                *v = momentum * *v - step;
                *w += if self.nesterov { momentum * *v - step } else { *v };
            }
        }
    }

    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn set_learning_rate(&mut self, learning_rate: f64) -> Result<(), OptimizerError> {
        self.learning_rate = learning_rate;
        Ok(())
    }
    fn name(&self) -> &'static str {
        "sgd"
    }

    fn iterations(&self) -> u64 {
        self.steps
    }

    fn state(&self) -> OptimizerState<F> {
        let slots = vec![("velocity".to_owned(), self.velocity.clone())];
        let hyperparameters = vec![("learning_rate".to_owned(), self.learning_rate)];
        OptimizerState::of("sgd", self.steps, hyperparameters, slots)
    }

    fn restore(&mut self, state: OptimizerState<F>) -> Result<(), OptimizerError> {
        let (steps, rate, mut slots) = state.take("sgd")?;
        (self.steps, self.learning_rate) = (steps, rate);
        self.velocity = slots.pop().map(|slot| slot.1).unwrap_or_default();
        Ok(())
    }

    fn boxed(&self) -> Box<dyn Optimizer<F>> {
        Box::new(self.clone())
    }
}

/// Adam (Kingma, Ba 2014), as `keras.optimizers.Adam`.
///
/// `m ← m + (1 − β₁)(dw − m)`, `v ← v + (1 − β₂)(dw² − v)`, `w ← w − α·m / (√v + ε)` with `α = η·√(1 − β₂ᵗ) / (1 − β₁ᵗ)` in
/// step `t`.
#[derive(Clone, Debug, PartialEq)]
pub struct Adam<F = f32> {
    learning_rate: f64,
    beta_1: f64,
    beta_2: f64,
    epsilon: f64,
    steps: u64,
    m: Vec<F>,
    v: Vec<F>,
}

impl<F> Default for Adam<F> {
    fn default() -> Self {
        Adam {
            learning_rate: 0.001,
            beta_1: 0.9,
            beta_2: 0.999,
            epsilon: 1e-7,
            steps: 0,
            m: Vec::new(),
            v: Vec::new(),
        }
    }
}

impl<F> Adam<F> {
    /// Learning rate 0.001, `beta_1` 0.9, `beta_2` 0.999, `epsilon` 1e-7.
    pub fn new() -> Self {
        Self::default()
    }

    /// The learning rate `η`, above 0.
    pub fn learning_rate(self, learning_rate: f64) -> Self {
        Adam { learning_rate, ..self }
    }

    /// The decay `β₁` of the mean of the gradients, in `[0, 1)`.
    pub fn beta_1(self, beta_1: f64) -> Self {
        Adam { beta_1, ..self }
    }

    /// The decay `β₂` of the mean of their squares, in `[0, 1)`.
    pub fn beta_2(self, beta_2: f64) -> Self {
        Adam { beta_2, ..self }
    }

    /// The `ε` that keeps the division finite, above 0.
    pub fn epsilon(self, epsilon: f64) -> Self {
        Adam { epsilon, ..self }
    }
}

impl<F: Float> Optimizer<F> for Adam<F> {
    fn step(&mut self, weights: &mut [F], gradients: &[F], trainable: &[Range<usize>]) {
        if self.m.len() != weights.len() {
            self.steps = 0;
        }
        fit_to(&mut self.m, weights.len());
        fit_to(&mut self.v, weights.len());
        self.steps += 1;
        let power = |beta: f64| 1.0 - beta.powf(self.steps as f64);
        let alpha = self.learning_rate * power(self.beta_2).sqrt() / power(self.beta_1);
        let (alpha, epsilon) = (F::of(alpha), F::of(self.epsilon));
        let (new_1, new_2) = (F::of(1.0 - self.beta_1), F::of(1.0 - self.beta_2));
        for range in trainable {
            let (w, dw) = (&mut weights[range.clone()], &gradients[range.clone()]);
            let (m, v) = (&mut self.m[range.clone()], &mut self.v[range.clone()]);
            for (((w, dw), m), v) in w.iter_mut().zip(dw).zip(m).zip(v) {
                *m += new_1 * (*dw - *m);
                *v += new_2 * (*dw * *dw - *v);
                *w = *w - alpha * *m / (v.sqrt() + epsilon);
            }
        }
    }

    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn set_learning_rate(&mut self, learning_rate: f64) -> Result<(), OptimizerError> {
        self.learning_rate = learning_rate;
        Ok(())
    }
    fn name(&self) -> &'static str {
        "adam"
    }

    fn iterations(&self) -> u64 {
        self.steps
    }

    fn state(&self) -> OptimizerState<F> {
        let slots = vec![("m".to_owned(), self.m.clone()), ("v".to_owned(), self.v.clone())];
        let hyperparameters = vec![("learning_rate".to_owned(), self.learning_rate)];
        OptimizerState::of("adam", self.steps, hyperparameters, slots)
    }

    fn restore(&mut self, state: OptimizerState<F>) -> Result<(), OptimizerError> {
        let (steps, rate, mut slots) = state.take("adam")?;
        slots.sort_by(|a, b| a.0.cmp(&b.0));
        (self.steps, self.learning_rate) = (steps, rate);
        self.v = slots.pop().map(|slot| slot.1).unwrap_or_default();
        self.m = slots.pop().map(|slot| slot.1).unwrap_or_default();
        Ok(())
    }

    fn boxed(&self) -> Box<dyn Optimizer<F>> {
        Box::new(self.clone())
    }
}

/// Makes `state` as long as the weights: all 0 where it was not.
fn fit_to<F: Float>(state: &mut Vec<F>, len: usize) {
    if state.len() != len {
        state.clear();
        state.resize(len, F::zero());
    }
}

/// Why an optimizer refuses something.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OptimizerError {
    /// The state is of another optimizer.
    #[error("the state is of the optimizer `{found}`, expected `{expected}`")]
    Other {
        /// Its name.
        expected: &'static str,
        /// The name in the state.
        found: String,
    },
}

/// The state of an optimizer, for checkpoints.
#[derive(Clone, Debug, PartialEq)]
pub struct OptimizerState<F> {
    /// The name of the optimizer.
    pub name: String,
    /// The hyper-parameters.
    pub hyperparameters: Vec<(String, f64)>,
    /// The steps so far.
    pub counts: Vec<(String, u64)>,
    /// Numbers of the algorithm.
    pub scalars: Vec<(String, f64)>,
    /// The slots, each one number for each weight.
    pub slots: Vec<(String, Vec<F>)>,
}

type Taken<F> = (u64, f64, Vec<(String, Vec<F>)>);

impl<F> OptimizerState<F> {
    fn of(
        name: &str,
        steps: u64,
        hyperparameters: Vec<(String, f64)>,
        slots: Vec<(String, Vec<F>)>,
    ) -> Self {
        let counts = vec![("iterations".to_owned(), steps)];
        let name = name.to_owned();
        OptimizerState { name, hyperparameters, counts, scalars: Vec::new(), slots }
    }

    fn take(self, expected: &'static str) -> Result<Taken<F>, OptimizerError> {
        if self.name != expected {
            return Err(OptimizerError::Other { expected, found: self.name });
        }
        let steps = self.counts.first().map_or(0, |count| count.1);
        let rate = self.hyperparameters.first().map_or(0.0, |rate| rate.1);
        Ok((steps, rate, self.slots))
    }
}

/// The optimizer of this name, with its defaults.
pub fn by_name<F: Float>(name: &str) -> Option<Box<dyn Optimizer<F>>> {
    match name {
        "sgd" => Some(Box::new(Sgd::new())),
        "adam" => Some(Box::new(Adam::new())),
        _ => None,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use safetensors::SafeTensors;

    use super::*;

    /// A tensor of a file of golden values.
    pub(in crate::train) fn golden<F: Float>(bytes: &[u8], name: &str) -> Vec<F> {
        let file = SafeTensors::deserialize(bytes).unwrap();
        let numbers = file.tensor(name).unwrap().data().as_chunks::<4>().0;
        numbers.iter().map(|bytes| F::of(f32::from_le_bytes(*bytes).into())).collect()
    }

    /// Asserts that `found` is as near to Keras in f64 as four times Keras in f32: the rule of the golden values.
    pub(in crate::train) fn close<F: Float>(what: &str, found: &[F], expected: &[F], error: f64) {
        let largest = expected.iter().fold(0.0, |max, e| e.abs().f64().max(max));
        let tolerance = 4.0 * error + 1e-6 * largest + 1e-7;
        assert_eq!(found.len(), expected.len());
        for (f, e) in found.iter().zip(expected) {
            assert!((*f - *e).abs().f64() <= tolerance, "{what}: {f}, expected {e}");
        }
    }

    /// Five steps over both parameters of a golden file, with a gap of weights that are not trainable between them. `error`
    /// is the smallest `f32_err` among the parameters.
    fn check<F: Float>(mut optimizer: impl Optimizer<F>, bytes: &[u8], error: f64) {
        let get = |name: String| golden::<F>(bytes, &name);
        let join = |a: Vec<F>, b: Vec<F>| [a, vec![F::one(); 2], b].concat();
        let mut weights = join(get("param0.a".into()), get("param0.b".into()));
        for step in 0..5 {
            let gradients = join(get(format!("grad{step}.a")), get(format!("grad{step}.b")));
            optimizer.step(&mut weights, &gradients, &[0..12, 14..18]);
            let next = step + 1;
            close("a", &weights[..12], &get(format!("param{next}.a")), error);
            close("b", &weights[14..], &get(format!("param{next}.b")), error);
            assert!(weights[12..14].iter().all(|w| *w == F::one()));
        }
    }

    #[test]
    fn sgd_is_that_of_keras() {
        let bytes = include_bytes!("../../golden/optimizers/sgd.safetensors");
        check(Sgd::<f32>::new().learning_rate(0.1), bytes, 2.98e-8);
        check(Sgd::<f64>::new().learning_rate(0.1), bytes, 2.98e-8);
    }

    #[test]
    fn momentum_is_that_of_keras() {
        let sgd = Sgd::<f32>::new().learning_rate(0.1).momentum(0.9);
        let bytes = include_bytes!("../../golden/optimizers/sgd_momentum.safetensors");
        check(sgd.clone(), bytes, 1.04e-8);
        let bytes = include_bytes!("../../golden/optimizers/sgd_nesterov.safetensors");
        check(sgd.nesterov(true), bytes, 4.08e-8);
    }

    #[test]
    fn adam_is_that_of_keras() {
        let bytes = include_bytes!("../../golden/optimizers/adam.safetensors");
        check(Adam::<f32>::new(), bytes, 5.2e-8);
        check(Adam::<f64>::new(), bytes, 5.2e-8);
    }
}
