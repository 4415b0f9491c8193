//! What an algorithm is: hyper-parameters, slots, and the update of one stretch of weights.

use core::fmt::Debug;

use super::{Hyperparameters, Optimize, Optimizer, boxed};
use crate::float::Float;

/// How many slots an algorithm can have at most.
pub const SLOTS: usize = 3;

/// The algorithm of an optimizer; [`Optimize`](super::Optimize) makes the optimizer of it.
///
/// Steps of constant length along the sign of the gradient:
///
/// ```
/// use keras_core::float::Float;
/// use keras_core::train::{
///     Hyperparameter, Hyperparameters, Now, Optimize, Optimizer, Rule, Stretch, Variable,
/// };
///
/// #[derive(Clone, Debug, Default)]
/// struct SignRule;
///
/// impl Hyperparameters for SignRule {
///     const TABLE: &'static [Hyperparameter<Self>] = &[];
/// }
///
/// impl Rule for SignRule {
///     const NAME: &'static str = "sign";
///
///     fn update<F: Float>(&self, now: Now<'_>) -> impl Fn(Stretch<'_, F>) {
///         let rate = F::of(now.learning_rate);
///         move |Stretch { w, dw, .. }| {
///             w.iter_mut().zip(dw).for_each(|(w, dw)| *w = *w - rate * dw.signum());
///         }
///     }
/// }
///
/// let mut sign = Optimize::<SignRule>::new().learning_rate(0.5).clipvalue(1.0);
/// let (mut w, mut dw) = ([1.0, 2.0], [-3.0, 0.25]);
/// sign.step(&mut w, &mut dw, &[Variable { path: "kernel".into(), range: 0..2 }]);
/// assert_eq!(w, [1.5, 1.5]);
/// ```
pub trait Rule: Hyperparameters + Debug + Default + Send + Sync {
    /// The name of the optimizer, as `keras.optimizers.get` takes it.
    const NAME: &'static str;
    /// The learning rate unless told otherwise.
    const LEARNING_RATE: f64 = 0.001;
    /// The decay of weights unless told otherwise.
    const WEIGHT_DECAY: Option<f64> = None;
    /// Numbers that change from step to step, the same for all weights: names and first values.
    const SCALARS: &'static [(&'static str, f64)] = &[];

    /// The numbers that it keeps for each weight.
    fn slots(&self) -> [Slot; SLOTS] {
        [Slot::NONE; SLOTS]
    }

    /// Begins a step: what it does to one stretch of weights. Numbers that are the same for all weights are computed here,
    /// once; the loop over the weights is in what is returned.
    fn update<F: Float>(&self, now: Now<'_>) -> impl Fn(Stretch<'_, F>);

    /// The optimizer as a trait object. Those of this crate are compiled in it, once for all models.
    #[doc(hidden)]
    fn boxed<F: Float>(optimizer: Optimize<Self, F>) -> Box<dyn Optimizer<F>> {
        boxed(optimizer)
    }
}

/// A step, for a [`Rule`].
#[derive(Debug)]
pub struct Now<'a> {
    /// The learning rate.
    pub learning_rate: f64,
    /// Which update it is, counted from 1.
    pub step: u64,
    /// The values of [`Rule::SCALARS`].
    pub scalars: &'a mut [f64],
}

/// Neighbouring weights, with all that belongs to them; the slots in the order of [`Rule::slots`], empty where not in use.
#[derive(Debug)]
pub struct Stretch<'a, F> {
    /// The weights.
    pub w: &'a mut [F],
    /// Their gradients.
    pub dw: &'a [F],
    /// Their slots.
    pub slots: [&'a mut [F]; SLOTS],
}

/// A number that an optimizer keeps for each weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slot {
    /// Keras' name for it.
    pub name: &'static str,
    /// Its first value.
    pub initial: f64,
    /// Whether the hyper-parameters, as they are, need it.
    pub used: bool,
}

impl Slot {
    /// No slot.
    pub const NONE: Slot = Slot { name: "", initial: 0.0, used: false };

    /// A slot that begins with this value.
    pub const fn new(name: &'static str, initial: f64) -> Slot {
        Slot { name, initial, used: true }
    }

    /// The slot, where it is used.
    pub const fn when(self, used: bool) -> Slot {
        Slot { used, ..self }
    }
}
