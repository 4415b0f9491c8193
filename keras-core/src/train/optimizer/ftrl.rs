//! Follow the regularized leader.

use super::hyperparameters::hyperparameters;
use super::{Now, Optimize, Optimizer, Rule, SLOTS, Slot, Stretch};
use crate::float::Float;
use crate::math::pow;

/// Follow the regularized leader (McMahan et al. 2013), which makes weights exactly 0. Learning rate 0.001.
///
/// With the power `p`: `n' = n + dw²`, `z ← z + dw + 2·s·w − w·(n'⁻ᵖ − n⁻ᵖ)/η`, `n ← n'`, and then
/// `w ← (clip(z, −λ₁, λ₁) − z) / (n⁻ᵖ/η + 2λ₂ + β/η)`.
///
/// Follows `keras.optimizers.Ftrl`.
pub type Ftrl<F = f32> = Optimize<FtrlRule, F>;

hyperparameters! {
    /// The algorithm of [`Ftrl`].
    pub struct FtrlRule for [F] Optimize<FtrlRule, F> where rule {
        /// The power `p` by which the learning rate falls, at most 0; 0 keeps it as it is.
        learning_rate_power: f64 = -0.5, AT_MOST_0;
        /// The first value of the sums `n`, at least 0.
        initial_accumulator_value: f64 = 0.1, AT_LEAST_0;
        /// The strength `λ₁`, at least 0: how far `z` must be from 0 for a weight that is not 0.
        l1_regularization_strength: f64 = 0.0, AT_LEAST_0;
        /// The strength `λ₂`, at least 0, which stabilizes.
        l2_regularization_strength: f64 = 0.0, AT_LEAST_0;
        /// The strength `s`, at least 0, of a penalty `s·w²` on the weights.
        l2_shrinkage_regularization_strength: f64 = 0.0, AT_LEAST_0;
        /// The `β` of the paper, at least 0.
        beta: f64 = 0.0, AT_LEAST_0;
    }
}

impl Rule for FtrlRule {
    const NAME: &'static str = "ftrl";

    fn slots(&self) -> [Slot; SLOTS] {
        let accumulator = Slot::new("accumulator", self.initial_accumulator_value);
        [accumulator, Slot::new("linear", 0.0), Slot::NONE]
    }

    fn update<F: Float>(&self, now: Now<'_>) -> impl Fn(Stretch<'_, F>) {
        let l2 = 2.0 * self.l2_regularization_strength + self.beta / now.learning_rate;
        let (rate, power, l2) =
            (F::of(now.learning_rate), F::of(-self.learning_rate_power), F::of(l2));
        let l1 = F::of(self.l1_regularization_strength);
        let shrinkage = F::of(2.0 * self.l2_shrinkage_regularization_strength);
        move |Stretch { w, dw, slots: [n, z, _] }| {
            for (((w, dw), n), z) in w.iter_mut().zip(dw).zip(n).zip(z) {
                let (old, new) = (pow(*n, power), pow(*n + *dw * *dw, power));
                *n += *dw * *dw;
                *z += *dw + shrinkage * *w - (new - old) / rate * *w;
                *w = (z.max(-l1).min(l1) - *z) / (new / rate + l2);
            }
        }
    }

    fn boxed<F: Float>(optimizer: Optimize<Self, F>) -> Box<dyn Optimizer<F>> {
        F::ftrl(optimizer)
    }
}
