//! How to train: the arguments of Keras' `compile` and `fit`.

use std::sync::atomic::AtomicBool;

use super::callback::{Callback, CallbackError, Callbacks, LambdaCallback};
use super::{FitError, Optimizer};
use crate::backend::{Backend, Native};
use crate::data::{Column, Dataset};
use crate::float::Float;
use crate::model::Model;
use crate::net::Net;

/// How to train, as the arguments of Keras' `compile` and `fit`, with their defaults.
///
/// ```text
/// model.fit(&data, Fit::new().epochs(30).batch_size(32).validation(&held_out).optimizer(Adam::new()))?;
/// ```
pub struct Fit<'a, N: Net, F: Float = f32, B: Backend = Native> {
    pub(super) epochs: usize,
    pub(super) initial_epoch: usize,
    pub(super) batch_size: usize,
    pub(super) steps_per_epoch: Option<usize>,
    pub(super) shuffle: bool,
    pub(super) seed: u64,
    pub(super) verbose: Verbose,
    pub(super) validation: Option<&'a dyn Dataset<N, F>>,
    pub(super) validation_split: f64,
    pub(super) validation_freq: usize,
    pub(super) validation_steps: Option<usize>,
    pub(super) sample_weight: Option<&'a dyn Column<F>>,
    pub(super) class_weight: Vec<(usize, f64)>,
    pub(super) weigh_metrics: bool,
    pub(super) optimizer: Option<Box<dyn Optimizer<F>>>,
    pub(super) callbacks: Callbacks<'a, N, F, B>,
    pub(super) stop_on: Vec<&'a AtomicBool>,
}

impl<N: Net, F: Float, B: Backend> Default for Fit<'_, N, F, B> {
    fn default() -> Self {
        Fit {
            epochs: 1,
            initial_epoch: 0,
            batch_size: 32,
            steps_per_epoch: None,
            shuffle: true,
            seed: 0,
            verbose: Verbose::Bar,
            validation: None,
            validation_split: 0.0,
            validation_freq: 1,
            validation_steps: None,
            sample_weight: None,
            class_weight: Vec::new(),
            weigh_metrics: false,
            optimizer: None,
            callbacks: Callbacks::default(),
            stop_on: Vec::new(),
        }
    }
}

/// What a person is shown while a model trains: Keras' 0, 1 and 2.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verbose {
    /// 0, `false`: nothing.
    Silent,
    /// 1, `true`: a progress bar on a terminal, a line an epoch where the output is none.
    #[default]
    Bar,
    /// 2: a line an epoch.
    Lines,
}

impl From<bool> for Verbose {
    fn from(shown: bool) -> Self {
        if shown { Verbose::Bar } else { Verbose::Silent }
    }
}

impl From<i32> for Verbose {
    fn from(number: i32) -> Self {
        match number {
            0 => Verbose::Silent,
            1 => Verbose::Bar,
            _ => Verbose::Lines,
        }
    }
}

impl<'a, N: Net, F: Float, B: Backend> Fit<'a, N, F, B> {
    /// One epoch of shuffled mini-batches of 32, without validation.
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of the epoch at which training ends: how often all examples are seen, where it begins with epoch 0. No
    /// epochs give an empty history.
    pub fn epochs(self, epochs: usize) -> Self {
        Fit { epochs, ..self }
    }

    /// The number of the first epoch, to go on with a training that was ended: callbacks and schedules see it.
    pub fn initial_epoch(self, initial_epoch: usize) -> Self {
        Fit { initial_epoch, ..self }
    }

    /// How many examples make a step, at least 1; the last step of an epoch takes what is left.
    pub fn batch_size(self, batch_size: usize) -> Self {
        Fit { batch_size, ..self }
    }

    /// How many steps make an epoch, at least 1, where that is not all of the data. A stream goes on in the next epoch where
    /// it was; other data begins anew.
    pub fn steps_per_epoch(self, steps: usize) -> Self {
        Fit { steps_per_epoch: Some(steps), ..self }
    }

    /// Whether the examples come in a new order every epoch; those of a file as [`Access`](crate::data::Access) says. A stream
    /// comes as it comes.
    pub fn shuffle(self, shuffle: bool) -> Self {
        Fit { shuffle, ..self }
    }

    /// The seed of that order and of all random numbers in layers. Epochs of later calls of `fit` go on where the earlier
    /// ones ended, so that two epochs are the same as one and one more.
    pub fn seed(self, seed: u64) -> Self {
        Fit { seed, ..self }
    }

    /// What is shown: `0` nothing, `1` a progress bar on a terminal and lines elsewhere, `2` a line an epoch.
    pub fn verbose(self, verbose: impl Into<Verbose>) -> Self {
        Fit { verbose: verbose.into(), ..self }
    }

    /// Data to evaluate the model on after each epoch: `val_loss` and `val_…` of each metric.
    pub fn validation(self, data: &'a dyn Dataset<N, F>) -> Self {
        Fit { validation: Some(data), ..self }
    }

    /// The share of the examples, in `[0, 1)`, that is held out for validation: the last ones, before any shuffling.
    pub fn validation_split(self, share: f64) -> Self {
        Fit { validation_split: share, ..self }
    }

    /// Every how many epochs there is a validation, at least 1.
    pub fn validation_freq(self, epochs: usize) -> Self {
        Fit { validation_freq: epochs, ..self }
    }

    /// At most so many batches of 128 examples are validated: for a stream that never ends.
    pub fn validation_steps(self, steps: usize) -> Self {
        Fit { validation_steps: Some(steps), ..self }
    }

    /// Also reports, after each epoch, the number `name` that `metric` computes of the model: any function of its predictions,
    /// also one that is no tensor operation. Callbacks that were given later can monitor it.
    ///
    /// ```
    /// # use keras_core::prelude::*;
    /// # model! { pub struct Net { input x: [2]; output y = Dense::new(1)(x); target t: [1]; loss mean_squared_error(t, y); } }
    /// let x = [[0.0, 1.0], [1.0, 0.0]];
    /// let largest = |net: &mut Model<Net>| Ok(net.predict(&x)?.iter().fold(0.0f32, |a, b| a.max(*b)).into());
    /// let fit = Fit::new().verbose(0).metric("largest", largest);
    /// let history = Net::new(1).fit(NetData { x: &x, t: &[1.0, 0.0] }, fit)?;
    /// assert_eq!(history.get("largest").len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn metric(
        self,
        name: &'static str,
        mut metric: impl FnMut(&mut Model<N, F, B>) -> Result<f64, CallbackError> + 'a,
    ) -> Self {
        self.callback(LambdaCallback::new().on_epoch_end(move |_, at| {
            at.logs.set(name, metric(at.model)?);
            Ok(())
        }))
    }

    /// What each example counts in the losses: one number an example, not negative. The mean loss is that of the weighted
    /// losses, divided by the number of examples, as Keras' `sum_over_batch_size`. Metrics count examples alike, unless
    /// [`weighted_metrics`](Self::weighted_metrics) says otherwise.
    pub fn sample_weight(self, weights: &'a dyn Column<F>) -> Self {
        Fit { sample_weight: Some(weights), ..self }
    }

    /// What the examples of a class count, as pairs of class and weight; other classes count 1. The model has one target with
    /// labels.
    pub fn class_weight(self, weights: impl IntoIterator<Item = (usize, f64)>) -> Self {
        Fit { class_weight: weights.into_iter().collect(), ..self }
    }

    /// Whether the weights of examples and classes count in the metrics of training too.
    pub fn weighted_metrics(self, weighted: bool) -> Self {
        Fit { weigh_metrics: weighted, ..self }
    }

    /// Begins with this optimizer, in the state it has, and the model keeps it, as after Keras' `compile`.
    ///
    /// Without it training goes on with the optimizer that the model has kept, and its moments; at first that is
    /// [`Adam`](super::Adam) with its defaults.
    pub fn optimizer(self, optimizer: impl Optimizer<F> + 'static) -> Self {
        Fit { optimizer: Some(optimizer.into_box()), ..self }
    }

    /// Calls `callback` while the model trains, after those given before. A `&mut` of one can be read afterwards.
    pub fn callback(mut self, callback: impl Callback<N, F, B> + 'a) -> Self {
        self.callbacks.push(callback);
        self
    }

    /// Ends the training once `flag` is true, which is looked at once a batch: after that batch, or before the next epoch, with
    /// `on_epoch_end`, `on_train_end` and the history, as if a callback had stopped it. Callbacks see that they
    /// [are interrupted](super::Context::is_interrupted). Several flags may be given.
    ///
    /// With the feature `interrupt` Ctrl-C is such a flag: the first one in a `fit` ends the training, another one, or one
    /// outside of `fit`, the process. A program that itself handles Ctrl-C does without the feature, and gives a flag.
    ///
    /// ```
    /// # use keras_core::prelude::*;
    /// # model! { pub struct Net { input x: [1]; output y = Dense::new(1)(x); target t: [1]; loss mean_squared_error(t, y); } }
    /// use std::sync::atomic::{AtomicBool, Ordering};
    ///
    /// let enough = AtomicBool::new(false);
    /// let button = LambdaCallback::new().on_batch_end(|batch, _| {
    ///     enough.store(batch == 4, Ordering::Relaxed);
    ///     Ok(())
    /// });
    /// let data = NetData { x: &[[1.0]; 10], t: &[0.5; 10] };
    /// let fit = Fit::new().epochs(9).batch_size(1).verbose(0).callback(button).stop_on(&enough);
    /// let mut net = Net::new(1);
    /// assert_eq!(net.fit(data, fit)?.epochs().len(), 1);
    /// assert_eq!(net.optimizer().iterations(), 6);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn stop_on(mut self, flag: &'a AtomicBool) -> Self {
        self.stop_on.push(flag);
        self
    }

    /// Checks all but the data; `kept` is the model's optimizer.
    pub(super) fn check(&self, kept: &dyn Optimizer<F>) -> Result<(), FitError> {
        let at_least_1 = |argument, value: usize| match value {
            0 => Err(FitError::argument(argument, "must be at least 1, found 0")),
            _ => Ok(()),
        };
        at_least_1("batch_size", self.batch_size)?;
        at_least_1("validation_freq", self.validation_freq)?;
        at_least_1("steps_per_epoch", self.steps_per_epoch.unwrap_or(1))?;
        let share = self.validation_split;
        if !(0.0..1.0).contains(&share) {
            let reason = format!("must be at least 0 and below 1, found {share}");
            return Err(FitError::argument("validation_split", reason));
        }
        if share > 0.0 && self.validation.is_some() {
            let reason = "and `validation` are both given; one of them says what to validate on";
            return Err(FitError::argument("validation_split", reason));
        }
        Ok(self.optimizer.as_deref().unwrap_or(kept).check()?)
    }
}
