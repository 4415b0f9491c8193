//! Lion.

use super::hyperparameters::hyperparameters;
use super::{Now, Optimize, Optimizer, Rule, SLOTS, Slot, Stretch};
use crate::float::Float;

/// Lion (Chen et al. 2023): steps of one length, along a sign. Learning rate 0.001.
///
/// `w ← w − η·sign(β₁·m + (1 − β₁)·dw)`, `m ← β₂·m + (1 − β₂)·dw`; the sign of 0 is 0.
///
/// Follows `keras.optimizers.Lion`.
pub type Lion<F = f32> = Optimize<LionRule, F>;

hyperparameters! {
    /// The algorithm of [`Lion`].
    pub struct LionRule for [F] Optimize<LionRule, F> where rule {
        /// How much of the mean `m` is in the sign, in `(0, 1]`.
        beta_1: f64 = 0.9, PART;
        /// The decay `β₂` of the mean, in `[0, 1)`.
        beta_2: f64 = 0.99, DECAY;
    }
}

impl Rule for LionRule {
    const NAME: &'static str = "lion";

    fn slots(&self) -> [Slot; SLOTS] {
        [Slot::new("momentum", 0.0), Slot::NONE, Slot::NONE]
    }

    fn update<F: Float>(&self, now: Now<'_>) -> impl Fn(Stretch<'_, F>) {
        let rate = F::of(now.learning_rate);
        let (old_1, new_1) = (F::of(self.beta_1), F::of(1.0 - self.beta_1));
        let (old_2, new_2) = (F::of(self.beta_2), F::of(1.0 - self.beta_2));
        move |Stretch { w, dw, slots: [m, ..] }| {
            for ((w, dw), m) in w.iter_mut().zip(dw).zip(m) {
                let mixed = old_1 * *m + new_1 * *dw;
                let sign = if mixed == F::zero() { mixed } else { mixed.signum() };
                *w = *w - rate * sign;
                *m = old_2 * *m + new_2 * *dw;
            }
        }
    }

    fn boxed<F: Float>(optimizer: Optimize<Self, F>) -> Box<dyn Optimizer<F>> {
        F::lion(optimizer)
    }
}
