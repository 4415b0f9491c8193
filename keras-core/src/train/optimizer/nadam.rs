//! Adam with Nesterov's momentum.

use super::hyperparameters::hyperparameters;
use super::{Now, Optimize, Optimizer, Rule, SLOTS, Slot, Stretch};
use crate::float::Float;
use crate::math::sqrt;

/// Adam with Nesterov's momentum (Dozat 2016). Learning rate 0.001.
///
/// With `μₜ = β₁(1 − 0.96ᵗ/2)` and `Mₜ = μ₁·…·μₜ`: `m ← m + (1 − β₁)(dw − m)`, `v ← v + (1 − β₂)(dw² − v)` and
/// `w ← w − η·m̂ / (√(v/(1 − β₂ᵗ)) + ε)`, where `m̂ = μₜ₊₁·m/(1 − Mₜ₊₁) + (1 − μₜ)·dw/(1 − Mₜ)`.
///
/// Follows `keras.optimizers.Nadam`.
pub type Nadam<F = f32> = Optimize<NadamRule, F>;

hyperparameters! {
    /// The algorithm of [`Nadam`].
    pub struct NadamRule for [F] Optimize<NadamRule, F> where rule {
        /// The decay `β₁` of the mean of the gradients, in `[0, 1)`.
        beta_1: f64 = 0.9, DECAY;
        /// The decay `β₂` of the mean of their squares, in `[0, 1)`.
        beta_2: f64 = 0.999, DECAY;
        /// The `ε` that keeps the division finite, above 0.
        epsilon: f64 = 1e-7, POSITIVE;
    }
}

impl Rule for NadamRule {
    const NAME: &'static str = "nadam";
    const SCALARS: &'static [(&'static str, f64)] = &[("momentum_product", 1.0)];

    fn slots(&self) -> [Slot; SLOTS] {
        [Slot::new("momentum", 0.0), Slot::new("velocity", 0.0), Slot::NONE]
    }

    fn update<F: Float>(&self, now: Now<'_>) -> impl Fn(Stretch<'_, F>) {
        let t = now.step as f64;
        let momentum = |t: f64| self.beta_1 * (1.0 - 0.5 * 0.96f64.powf(t));
        let (this, next, product) = (momentum(t), momentum(t + 1.0), &mut now.scalars[0]);
        *product *= this;
        let of_mean = F::of(next / (1.0 - *product * next));
        let of_gradient = F::of((1.0 - this) / (1.0 - *product));
        let correction = F::of(1.0 - self.beta_2.powf(t));
        let (rate, epsilon) = (F::of(now.learning_rate), F::of(self.epsilon));
        let (new_1, new_2) = (F::of(1.0 - self.beta_1), F::of(1.0 - self.beta_2));
        move |Stretch { w, dw, slots: [m, v, _] }| {
            for (((w, dw), m), v) in w.iter_mut().zip(dw).zip(m).zip(v) {
                *m += new_1 * (*dw - *m);
                *v += new_2 * (*dw * *dw - *v);
                let mean = of_mean * *m + of_gradient * *dw;
                *w = *w - rate * mean / (sqrt(*v / correction) + epsilon);
            }
        }
    }

    fn boxed<F: Float>(optimizer: Optimize<Self, F>) -> Box<dyn Optimizer<F>> {
        F::nadam(optimizer)
    }
}
