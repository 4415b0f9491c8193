//! The loop over epochs and mini-batches.

use super::history::Means;
use super::step::{Count, Plan, step, values};
use super::{Adam, FitError, History, Logs, Optimizer, Steps};
use crate::backend::Backend;
use crate::data::{Columns, DataError, Dataset};
use crate::float::Float;
use crate::net::{Net, Variables};
use crate::pass::{Noise, Pass, batches};
use crate::random::mix;

/// How to train, as the arguments of Keras' `compile` and `fit`, with their defaults.
///
/// ```text
/// model.fit(&data, Fit::new().epochs(30).batch_size(32).validation(&held_out).optimizer(Adam::new()))?;
/// ```
pub struct Fit<'a, N: Net, F: Float = f32> {
    epochs: usize,
    batch_size: usize,
    shuffle: bool,
    seed: u64,
    verbose: bool,
    validation: Option<&'a dyn Dataset<N, F>>,
    optimizer: Option<Box<dyn Optimizer<F>>>,
}

impl<N: Net, F: Float> Default for Fit<'_, N, F> {
    fn default() -> Self {
        Fit {
            epochs: 1,
            batch_size: 32,
            shuffle: true,
            seed: 0,
            verbose: true,
            validation: None,
            optimizer: None,
        }
    }
}

impl<'a, N: Net, F: Float> Fit<'a, N, F> {
    /// One epoch of shuffled mini-batches of 32, without validation, silent.
    pub fn new() -> Self {
        Self::default()
    }

    /// How often all examples are seen; 0 gives an empty history.
    pub fn epochs(self, epochs: usize) -> Self {
        Fit { epochs, ..self }
    }

    /// How many examples make a step, at least 1; the last step of an epoch takes what is left.
    pub fn batch_size(self, batch_size: usize) -> Self {
        Fit { batch_size, ..self }
    }

    /// Whether the examples come in a new order every epoch.
    pub fn shuffle(self, shuffle: bool) -> Self {
        Fit { shuffle, ..self }
    }

    /// The seed of that order and of all random numbers in layers. Epochs of later calls of `fit` go on where the earlier
    /// ones ended, so that two epochs are the same as one and one more.
    pub fn seed(self, seed: u64) -> Self {
        Fit { seed, ..self }
    }

    /// Whether each epoch prints a line; it does unless told otherwise.
    pub fn verbose(self, verbose: bool) -> Self {
        Fit { verbose, ..self }
    }

    /// Data to evaluate the model on after each epoch: `val_loss` and `val_…` of each metric.
    pub fn validation(self, data: &'a dyn Dataset<N, F>) -> Self {
        Fit { validation: Some(data), ..self }
    }

    /// Begins with this optimizer, in the state it has, and the model keeps it, as after Keras' `compile`.
    ///
    /// Without it training goes on with the optimizer that the model has kept, and its moments; at first that is
    /// [`Adam`] with its defaults.
    pub fn optimizer(self, optimizer: impl Optimizer<F> + 'static) -> Self {
        Fit { optimizer: Some(Box::new(optimizer)), ..self }
    }

    /// Checks all but the data; `kept` is the model's optimizer.
    fn check(&self, kept: &dyn Optimizer<F>) -> Result<(), FitError> {
        let learning_rate = self.optimizer.as_deref().unwrap_or(kept).learning_rate();
        if self.batch_size == 0 {
            Err(FitError::BatchSize)
        } else if learning_rate < 0.0 || !F::of(learning_rate).is_finite() {
            Err(FitError::LearningRate { value: learning_rate })
        } else {
            Ok(())
        }
    }
}

impl<F: Float> Clone for Trainer<F> {
    fn clone(&self) -> Self {
        Trainer {
            optimizer: self.optimizer.boxed(),
            plan: self.plan.clone(),
            pass: Pass::default(),
            gradients: Vec::new(),
            rounds: self.rounds,
        }
    }
}

/// What a model keeps from one training step to the next.
#[derive(Debug)]
pub(crate) struct Trainer<F> {
    pub(crate) optimizer: Box<dyn Optimizer<F>>,
    pub(crate) plan: Plan,
    pub(super) pass: Pass<F>,
    pub(super) gradients: Vec<F>,
    /// The epochs (and single steps) so far: each has its own random numbers.
    pub(super) rounds: u64,
}

/// The model's own numbers in training.
pub(crate) struct State<'a, N: Net, F> {
    pub weights: &'a mut [F],
    pub variables: &'a N::Variables,
}

impl<F: Float> Trainer<F> {
    pub(crate) fn of<N: Net>() -> Self {
        Trainer {
            optimizer: Box::new(Adam::new()),
            plan: Plan::of::<N>(),
            pass: Pass::default(),
            gradients: Vec::new(),
            rounds: 0,
        }
    }

    /// Trains for the epochs of `fit`; all data is checked before anything is changed.
    pub(crate) fn fit<N: Net, B: Backend>(
        &mut self,
        mut state: State<'_, N, F>,
        data: &impl Dataset<N, F>,
        fit: Fit<'_, N, F>,
    ) -> Result<History, FitError> {
        fit.check(&*self.optimizer)?;
        let columns = Columns::dataset::<N>(data)?;
        let validation = match fit.validation {
            Some(data) => Some(Columns::dataset::<N>(data).map_err(FitError::Validation)?),
            None => None,
        };
        if let Some(optimizer) = fit.optimizer {
            self.optimizer = optimizer;
        }
        let mut order: Vec<usize> = (0..columns.rows()).collect();
        let mut history = History::default();
        for epoch in 1..=fit.epochs {
            let key = mix(fit.seed, self.rounds);
            if fit.shuffle {
                shuffle(&mut order, key);
            }
            let batches = order.chunks(fit.batch_size);
            let mut logs = self.epoch::<N, B>(&mut state, &columns, batches, key, epoch)?;
            if let Some(columns) = &validation {
                let (weights, variables) = (&*state.weights, state.variables);
                let found =
                    evaluate::<N, F, B>(&self.plan, &mut self.pass, weights, variables, columns);
                logs = logs.with_validation(&found.map_err(FitError::Validation)?);
            }
            if fit.verbose {
                println!("{}", line::<N>(epoch, fit.epochs, &logs));
            }
            history.push(logs);
        }
        Ok(history)
    }

    /// Steps on all of `data` as one batch.
    pub(crate) fn steps<'m, N: Net, B: Backend>(
        &'m mut self,
        state: State<'m, N, F>,
        data: &impl Dataset<N, F>,
    ) -> Result<Steps<'m, N, F, B>, FitError> {
        let columns = Columns::dataset::<N>(data)?;
        self.pass.stage(&columns, 0..columns.rows(), numbers(state.variables))?;
        Ok(Steps::new(self, state))
    }

    fn epoch<'o, N: Net, B: Backend>(
        &mut self,
        state: &mut State<'_, N, F>,
        columns: &Columns<'_, F>,
        batches: impl Iterator<Item = &'o [usize]>,
        key: u64,
        epoch: usize,
    ) -> Result<Logs, FitError> {
        self.gradients.resize(state.weights.len(), F::zero());
        self.rounds += 1;
        let mut means = Means::of::<N>();
        let mut first = 0;
        for (batch, rows) in batches.enumerate() {
            self.pass.stage(columns, rows.iter().copied(), numbers(state.variables))?;
            step::<N, F, B>(
                &self.plan,
                &mut self.pass,
                state.weights,
                &mut self.gradients,
                &mut *self.optimizer,
                Noise { key, first },
                Count { epoch, batch: batch + 1 },
                &mut means,
            )?;
            first += rows.len();
        }
        Ok(means.logs::<N>())
    }
}

/// The losses and metrics of all examples, outside of training.
pub(crate) fn evaluate<N: Net, F: Float, B: Backend>(
    plan: &Plan,
    pass: &mut Pass<F>,
    weights: &[F],
    variables: &N::Variables,
    columns: &Columns<'_, F>,
) -> Result<Logs, DataError> {
    let penalty = plan.penalty(weights);
    let mut means = Means::of::<N>();
    for rows in batches(columns.rows()) {
        pass.stage(columns, rows, numbers(variables))?;
        pass.infer::<N::Objective, B>(weights);
        means.add(pass.batch(), values::<N, F>(pass, penalty));
    }
    Ok(means.logs::<N>())
}

/// `epoch  3/30  loss 0.1234  accuracy 0.9712  val_loss 0.2345`. An only loss is not there twice.
fn line<N: Net>(epoch: usize, epochs: usize, logs: &Logs) -> String {
    let width = epochs.to_string().len();
    let mut line = format!("epoch {epoch:>width$}/{epochs}");
    for (name, value) in logs.iter() {
        let bare = name.strip_prefix("val_").unwrap_or(name);
        if bare == "loss" || N::LOSSES.len() > 1 || !N::LOSSES.contains(&bare) {
            line += &format!("  {name} {value:.4}");
        }
    }
    line
}

/// The values of the variables, in order.
fn numbers<V: Variables>(variables: &V) -> impl Iterator<Item = f64> + '_ {
    (0..V::NAMES.len()).map(|i| variables.get(i))
}

/// Puts `0..order.len()` in the random order of `key` (Fisher, Yates; Durstenfeld 1964), whatever was there.
fn shuffle(order: &mut [usize], key: u64) {
    order.iter_mut().enumerate().for_each(|(i, row)| *row = i);
    for i in (1..order.len()).rev() {
        // The high half of a product is below i + 1, and uniform up to 2⁻⁶⁴ · i.
        let random = u128::from(mix(key, i as u64));
        order.swap(i, ((random * (i as u128 + 1)) >> 64) as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::Native;
    use crate::model::Model;
    use crate::toy::{Toy, examples};

    #[test]
    fn a_line_shows_an_only_loss_once() {
        let data = examples(8, 1);
        let logs = Model::<Toy, f32, Native>::init(1).evaluate(data.view()).unwrap();
        let line = line::<Toy>(3, 30, &logs.clone().with_validation(&logs));
        let (loss, accuracy) = (logs.get("loss").unwrap(), logs.get("accuracy").unwrap());
        let shown = format!("loss {loss:.4}  accuracy {accuracy:.4}");
        let validation = format!("val_loss {loss:.4}  val_accuracy {accuracy:.4}");
        assert_eq!(line, format!("epoch  3/30  {shown}  {validation}"));
    }

    #[test]
    fn shuffling_is_a_permutation_that_depends_on_the_key_alone() {
        let shuffled = |mut order: Vec<usize>, key| {
            shuffle(&mut order, key);
            order
        };
        let (a, b) = (shuffled((0..100).collect(), 1), shuffled((0..100).rev().collect(), 1));
        assert_eq!(a, b);
        assert_ne!(a, shuffled((0..100).collect(), 2));
        let mut sorted = a.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..100).collect::<Vec<_>>());
        assert!(shuffled(Vec::new(), 1).is_empty());
    }
}
