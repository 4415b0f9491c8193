//! Adam with the largest gradient in place of the mean of squares.

use super::hyperparameters::hyperparameters;
use super::{Now, Optimize, Optimizer, Rule, SLOTS, Slot, Stretch};
use crate::float::Float;
use crate::math::abs;

/// Adam with the infinity norm (Kingma, Ba 2014, section 7.1). Learning rate 0.001.
///
/// `m ← m + (1 − β₁)(dw − m)`, `u ← max(β₂·u, |dw|)`, `w ← w − η·m / ((1 − β₁ᵗ)(u + ε))` in step `t`.
///
/// Follows `keras.optimizers.Adamax`.
pub type Adamax<F = f32> = Optimize<AdamaxRule, F>;

hyperparameters! {
    /// The algorithm of [`Adamax`].
    pub struct AdamaxRule for [F] Optimize<AdamaxRule, F> where rule {
        /// The decay `β₁` of the mean of the gradients, in `[0, 1)`.
        beta_1: f64 = 0.9, DECAY;
        /// The decay `β₂` of their largest magnitude, in `[0, 1)`.
        beta_2: f64 = 0.999, DECAY;
        /// The `ε` that keeps the division finite, above 0.
        epsilon: f64 = 1e-7, POSITIVE;
    }
}

impl Rule for AdamaxRule {
    const NAME: &'static str = "adamax";

    fn slots(&self) -> [Slot; SLOTS] {
        [Slot::new("momentum", 0.0), Slot::new("norm", 0.0), Slot::NONE]
    }

    fn update<F: Float>(&self, now: Now<'_>) -> impl Fn(Stretch<'_, F>) {
        let alpha = F::of(now.learning_rate / (1.0 - self.beta_1.powf(now.step as f64)));
        let (new_1, old_2) = (F::of(1.0 - self.beta_1), F::of(self.beta_2));
        let epsilon = F::of(self.epsilon);
        move |Stretch { w, dw, slots: [m, u, _] }| {
            for (((w, dw), m), u) in w.iter_mut().zip(dw).zip(m).zip(u) {
                *m += new_1 * (*dw - *m);
                *u = (old_2 * *u).max(abs(*dw));
                *w = *w - alpha * *m / (*u + epsilon);
            }
        }
    }

    fn boxed<F: Float>(optimizer: Optimize<Self, F>) -> Box<dyn Optimizer<F>> {
        F::adamax(optimizer)
    }
}
