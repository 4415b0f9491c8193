//! RMSprop.

use super::hyperparameters::hyperparameters;
use super::{Now, Optimize, Optimizer, Rule, SLOTS, Slot, Stretch};
use crate::float::Float;
use crate::math::sqrt;

/// RMSprop (Hinton 2012). Learning rate 0.001.
///
/// `v ← ρ·v + (1 − ρ)·dw²`, then `s = η·dw / √(v + ε)` and `w ← w − s`; with momentum `m ← μ·m + s` and `w ← w − m`. Centred,
/// `v − a²` takes the place of `v` in the division, where `a ← ρ·a + (1 − ρ)·dw`.
///
/// Follows `keras.optimizers.RMSprop`.
pub type RMSprop<F = f32> = Optimize<RMSpropRule, F>;

hyperparameters! {
    /// The algorithm of [`RMSprop`].
    pub struct RMSpropRule for [F] Optimize<RMSpropRule, F> where rule {
        /// The decay `ρ` of the mean of the squares, in `[0, 1)`.
        rho: f64 = 0.9, DECAY;
        /// The momentum `μ`, in `[0, 1]`.
        momentum: f64 = 0.0, UNIT;
        /// The `ε` that keeps the division finite, above 0.
        epsilon: f64 = 1e-7, POSITIVE;
        /// Whether the division is by the variance of the gradients rather than by the mean of their squares.
        centered: bool = false, FLAG;
    }
}

impl Rule for RMSpropRule {
    const NAME: &'static str = "rmsprop";

    fn slots(&self) -> [Slot; SLOTS] {
        let momentum = Slot::new("momentum", 0.0).when(self.momentum > 0.0);
        let average = Slot::new("average_gradient", 0.0).when(self.centered);
        [Slot::new("velocity", 0.0), momentum, average]
    }

    fn update<F: Float>(&self, now: Now<'_>) -> impl Fn(Stretch<'_, F>) {
        let (rate, momentum) = (F::of(now.learning_rate), F::of(self.momentum));
        let (old, new) = (F::of(self.rho), F::of(1.0 - self.rho));
        let epsilon = F::of(self.epsilon);
        move |Stretch { w, dw, slots: [v, m, average] }| {
            for (i, ((w, dw), v)) in w.iter_mut().zip(dw).zip(v).enumerate() {
                *v = old * *v + new * *dw * *dw;
                let mut variance = *v;
                if let Some(a) = average.get_mut(i) {
                    *a = old * *a + new * *dw;
                    variance = variance - *a * *a;
                }
                let mut step = rate * *dw / sqrt(variance + epsilon);
                if let Some(m) = m.get_mut(i) {
                    *m = momentum * *m + step;
                    step = *m;
                }
                *w = *w - step;
            }
        }
    }

    fn boxed<F: Float>(optimizer: Optimize<Self, F>) -> Box<dyn Optimizer<F>> {
        F::rmsprop(optimizer)
    }
}
