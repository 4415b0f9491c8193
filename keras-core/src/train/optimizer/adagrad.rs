//! Adagrad.

use super::hyperparameters::hyperparameters;
use super::{Now, Optimize, Optimizer, Rule, SLOTS, Slot, Stretch};
use crate::float::Float;
use crate::math::sqrt;

/// Adagrad (Duchi et al. 2011). Learning rate 0.001; that of the paper is 1.
///
/// `a ← a + dw²`, `w ← w − η·dw / √(a + ε)`.
///
/// Follows `keras.optimizers.Adagrad`.
pub type Adagrad<F = f32> = Optimize<AdagradRule, F>;

hyperparameters! {
    /// The algorithm of [`Adagrad`].
    pub struct AdagradRule for [F] Optimize<AdagradRule, F> where rule {
        /// The first value of the sums `a`, at least 0.
        initial_accumulator_value: f64 = 0.1, AT_LEAST_0;
        /// The `ε` that keeps the division finite, above 0.
        epsilon: f64 = 1e-7, POSITIVE;
    }
}

impl Rule for AdagradRule {
    const NAME: &'static str = "adagrad";

    fn slots(&self) -> [Slot; SLOTS] {
        [Slot::new("accumulator", self.initial_accumulator_value), Slot::NONE, Slot::NONE]
    }

    fn update<F: Float>(&self, now: Now<'_>) -> impl Fn(Stretch<'_, F>) {
        let (rate, epsilon) = (F::of(now.learning_rate), F::of(self.epsilon));
        move |Stretch { w, dw, slots: [a, ..] }| {
            for ((w, dw), a) in w.iter_mut().zip(dw).zip(a) {
                *a += *dw * *dw;
                *w = *w - rate * *dw / sqrt(*a + epsilon);
            }
        }
    }

    fn boxed<F: Float>(optimizer: Optimize<Self, F>) -> Box<dyn Optimizer<F>> {
        F::adagrad(optimizer)
    }
}
