//! Adam, and its variant with AMSGrad.

use super::hyperparameters::hyperparameters;
use super::{Now, Optimize, Optimizer, Rule, SLOTS, Slot, Stretch};
use crate::float::Float;
use crate::math::sqrt;

/// Adam (Kingma, Ba 2014). Learning rate 0.001.
///
/// `m ← m + (1 − β₁)(dw − m)`, `v ← v + (1 − β₂)(dw² − v)`, `w ← w − α·m / (√v + ε)` with `α = η·√(1 − β₂ᵗ) / (1 − β₁ᵗ)` in
/// step `t`. With AMSGrad (Reddi et al. 2018) the largest `v` so far takes its place in the last formula.
///
/// Follows `keras.optimizers.Adam`.
pub type Adam<F = f32> = Optimize<AdamRule, F>;

hyperparameters! {
    /// The algorithm of [`Adam`] and, with `DECAY`, of [`AdamW`](super::AdamW): only name and defaults differ.
    pub struct AdamRule<const DECAY: bool> for [const DECAY: bool, F] Optimize<AdamRule<DECAY>, F> where rule {
        /// The decay `β₁` of the mean of the gradients, in `[0, 1)`.
        beta_1: f64 = 0.9, DECAY;
        /// The decay `β₂` of the mean of their squares, in `[0, 1)`.
        beta_2: f64 = 0.999, DECAY;
        /// The `ε` that keeps the division finite, above 0.
        epsilon: f64 = 1e-7, POSITIVE;
        /// Whether the largest mean of squares so far is taken.
        amsgrad: bool = false, FLAG;
    }
}

impl<const DECAY: bool> Rule for AdamRule<DECAY> {
    const NAME: &'static str = if DECAY { "adamw" } else { "adam" };
    const WEIGHT_DECAY: Option<f64> = if DECAY { Some(0.004) } else { None };

    fn slots(&self) -> [Slot; SLOTS] {
        let largest = Slot::new("velocity_hat", 0.0).when(self.amsgrad);
        [Slot::new("momentum", 0.0), Slot::new("velocity", 0.0), largest]
    }

    fn update<F: Float>(&self, now: Now<'_>) -> impl Fn(Stretch<'_, F>) {
        let power = |beta: f64| 1.0 - beta.powf(now.step as f64);
        let alpha = now.learning_rate * power(self.beta_2).sqrt() / power(self.beta_1);
        let (alpha, epsilon, amsgrad) = (F::of(alpha), F::of(self.epsilon), self.amsgrad);
        let (new_1, new_2) = (F::of(1.0 - self.beta_1), F::of(1.0 - self.beta_2));
        let means = move |dw: F, m: &mut F, v: &mut F| {
            *m += new_1 * (dw - *m);
            *v += new_2 * (dw * dw - *v);
        };
        move |Stretch { w, dw, slots: [m, v, largest] }| {
            let all = w.iter_mut().zip(dw).zip(m).zip(v);
            if amsgrad {
                for ((((w, dw), m), v), largest) in all.zip(largest) {
                    means(*dw, m, v);
                    *largest = largest.max(*v);
                    *w = *w - alpha * *m / (sqrt(*largest) + epsilon);
                }
            } else {
                for (((w, dw), m), v) in all {
                    means(*dw, m, v);
                    *w = *w - alpha * *m / (sqrt(*v) + epsilon);
                }
            }
        }
    }

    fn boxed<F: Float>(optimizer: Optimize<Self, F>) -> Box<dyn Optimizer<F>> {
        if DECAY { F::adamw(renamed(optimizer)) } else { F::adam(renamed(optimizer)) }
    }
}

/// The same optimizer, as one or the other of the two types; it is one of them already, which only the compiler knows.
fn renamed<const FROM: bool, const TO: bool, F>(
    optimizer: Optimize<AdamRule<FROM>, F>,
) -> Optimize<AdamRule<TO>, F> {
    let Optimize { learning_rate, rule, shared, excluded, progress } = optimizer;
    let AdamRule { beta_1, beta_2, epsilon, amsgrad } = rule;
    let rule = AdamRule { beta_1, beta_2, epsilon, amsgrad };
    Optimize { learning_rate, rule, shared, excluded, progress }
}
