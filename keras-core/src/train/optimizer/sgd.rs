//! Stochastic gradient descent.

use super::hyperparameters::hyperparameters;
use super::{Now, Optimize, Optimizer, Rule, SLOTS, Slot, Stretch};
use crate::float::Float;

/// Stochastic gradient descent, with momentum. Learning rate 0.01.
///
/// Without momentum `w ← w − η·dw`. With it `v ← μ·v − η·dw` and `w ← w + v`; Nesterov's looks ahead: `w ← w + μ·v − η·dw`.
///
/// Follows `keras.optimizers.SGD`.
pub type Sgd<F = f32> = Optimize<SgdRule, F>;

/// [`Sgd`] by its name in Keras.
pub type SGD<F = f32> = Sgd<F>;

hyperparameters! {
    /// The algorithm of [`Sgd`].
    pub struct SgdRule for [F] Optimize<SgdRule, F> where rule {
        /// The momentum `μ`, in `[0, 1]`.
        momentum: f64 = 0.0, UNIT;
        /// Whether the momentum is Nesterov's; it needs a momentum above 0.
        nesterov: bool = false, FLAG;
    }
}

impl Rule for SgdRule {
    const NAME: &'static str = "sgd";
    const LEARNING_RATE: f64 = 0.01;

    fn slots(&self) -> [Slot; SLOTS] {
        [Slot::new("momentum", 0.0).when(self.momentum != 0.0), Slot::NONE, Slot::NONE]
    }

    fn update<F: Float>(&self, now: Now<'_>) -> impl Fn(Stretch<'_, F>) {
        let (rate, momentum) = (F::of(now.learning_rate), F::of(self.momentum));
        let nesterov = self.nesterov;
        let plain = self.momentum == 0.0;
        move |Stretch { w, dw, slots: [v, ..] }| {
            if plain {
                w.iter_mut().zip(dw).for_each(|(w, dw)| *w = *w - rate * *dw);
                return;
            }
            for ((w, dw), v) in w.iter_mut().zip(dw).zip(v) {
                let step = rate * *dw;
                *v = momentum * *v - step;
                *w += if nesterov { momentum * *v - step } else { *v };
            }
        }
    }

    fn boxed<F: Float>(optimizer: Optimize<Self, F>) -> Box<dyn Optimizer<F>> {
        F::sgd(optimizer)
    }
}
