//! Adadelta.

use super::hyperparameters::hyperparameters;
use super::{Now, Optimize, Optimizer, Rule, SLOTS, Slot, Stretch};
use crate::float::Float;
use crate::math::sqrt;

/// Adadelta (Zeiler 2012). Learning rate 0.001; that of the paper is 1.
///
/// `a ← ρ·a + (1 − ρ)·dw²`, `s = dw·√(b + ε) / √(a + ε)`, `b ← ρ·b + (1 − ρ)·s²`, `w ← w − η·s`.
///
/// Follows `keras.optimizers.Adadelta`.
pub type Adadelta<F = f32> = Optimize<AdadeltaRule, F>;

hyperparameters! {
    /// The algorithm of [`Adadelta`].
    pub struct AdadeltaRule for [F] Optimize<AdadeltaRule, F> where rule {
        /// The decay `ρ` of the means of squares, in `[0, 1)`.
        rho: f64 = 0.95, DECAY;
        /// The `ε` that keeps the division finite and lets the steps begin, above 0.
        epsilon: f64 = 1e-7, POSITIVE;
    }
}

impl Rule for AdadeltaRule {
    const NAME: &'static str = "adadelta";

    fn slots(&self) -> [Slot; SLOTS] {
        let steps = Slot::new("accumulated_delta_var", 0.0);
        [Slot::new("accumulated_grad", 0.0), steps, Slot::NONE]
    }

    fn update<F: Float>(&self, now: Now<'_>) -> impl Fn(Stretch<'_, F>) {
        let (rate, epsilon) = (F::of(now.learning_rate), F::of(self.epsilon));
        let (old, new) = (F::of(self.rho), F::of(1.0 - self.rho));
        move |Stretch { w, dw, slots: [a, b, _] }| {
            for (((w, dw), a), b) in w.iter_mut().zip(dw).zip(a).zip(b) {
                *a = old * *a + new * *dw * *dw;
                let step = *dw * sqrt(*b + epsilon) / sqrt(*a + epsilon);
                *b = old * *b + new * step * step;
                *w = *w - rate * step;
            }
        }
    }

    fn boxed<F: Float>(optimizer: Optimize<Self, F>) -> Box<dyn Optimizer<F>> {
        F::adadelta(optimizer)
    }
}
