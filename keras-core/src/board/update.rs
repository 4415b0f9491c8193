//! How gradients change weights, in memory of a fixed size.

use crate::math::sqrt;

/// An algorithm: what [`Training`](super::Training) does with the gradients. It holds all that it remembers.
pub trait Update {
    /// Changes `weights` along `scale` times `gradients`, number by number; the two are as long.
    fn step(&mut self, weights: &mut [f32], gradients: &[f32], scale: f32);
}

/// Stochastic gradient descent: `w ← w − η·dw`. It remembers nothing.
///
/// Follows `keras.optimizers.SGD` without momentum.
#[derive(Clone, Copy, Debug)]
pub struct Sgd {
    /// The learning rate `η`.
    pub learning_rate: f32,
}

impl Sgd {
    /// With this learning rate; Keras' default is 0.01.
    pub const fn new(learning_rate: f32) -> Self {
        Sgd { learning_rate }
    }
}

impl Update for Sgd {
    #[inline(always)]
    fn step(&mut self, weights: &mut [f32], gradients: &[f32], scale: f32) {
        let rate = self.learning_rate * scale;
        weights.iter_mut().zip(gradients).for_each(|(w, dw)| *w -= rate * dw);
    }
}

/// Adam (Kingma, Ba 2014): two numbers for each of `PARAMS` weights.
///
/// `m ← m + (1 − β₁)(dw − m)`, `v ← v + (1 − β₂)(dw² − v)`, `w ← w − α·m / (√v + ε)` with `α = η·√(1 − β₂ᵗ) / (1 − β₁ᵗ)` in
/// step `t`.
///
/// Follows `keras.optimizers.Adam` without AMSGrad.
#[derive(Clone, Copy, Debug)]
pub struct Adam<const PARAMS: usize> {
    /// The learning rate `η`.
    pub learning_rate: f32,
    /// The decay `β₁` of the mean of the gradients, in `[0, 1)`.
    pub beta_1: f32,
    /// The decay `β₂` of the mean of their squares, in `[0, 1)`.
    pub beta_2: f32,
    /// The `ε` that keeps the division finite, above 0.
    pub epsilon: f32,
    momentum: [f32; PARAMS],
    velocity: [f32; PARAMS],
    /// `β₁ᵗ` and `β₂ᵗ`.
    powers: [f32; 2],
}

impl<const PARAMS: usize> Adam<PARAMS> {
    /// With this learning rate (Keras' default is 0.001), `β₁` 0.9, `β₂` 0.999 and `ε` 1e-7.
    pub const fn new(learning_rate: f32) -> Self {
        Adam {
            learning_rate,
            beta_1: 0.9,
            beta_2: 0.999,
            epsilon: 1e-7,
            momentum: [0.0; PARAMS],
            velocity: [0.0; PARAMS],
            powers: [1.0; 2],
        }
    }
}

impl<const PARAMS: usize> Update for Adam<PARAMS> {
    #[inline(always)]
    fn step(&mut self, weights: &mut [f32], gradients: &[f32], scale: f32) {
        let Adam { beta_1, beta_2, epsilon, .. } = *self;
        self.powers = [self.powers[0] * beta_1, self.powers[1] * beta_2];
        let alpha = self.learning_rate * sqrt(1.0 - self.powers[1]) / (1.0 - self.powers[0]);
        let slots = self.momentum.iter_mut().zip(&mut self.velocity);
        for ((w, dw), (m, v)) in weights.iter_mut().zip(gradients).zip(slots) {
            let dw = dw * scale;
            *m += (1.0 - beta_1) * (dw - *m);
            *v += (1.0 - beta_2) * (dw * dw - *v);
            *w -= alpha * *m / (sqrt(*v) + epsilon);
        }
    }
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use super::*;
    use crate::train::{self, Optimizer, Variable};

    /// Fifty steps of ours beside those of the host's optimizer: the weights differ by less than `tolerance`.
    fn same(mut ours: impl Update, mut host: impl Optimizer<f32>, tolerance: f32) {
        let (mut w, mut expected) = ([0.5f32, -1.0, 2.0], [0.5f32, -1.0, 2.0]);
        let variables = [Variable { path: "kernel".into(), range: 0..3 }];
        for t in 0..50 {
            // Sums of four examples, of which the host has the mean.
            let sums = [0.4, -1.2, 0.08].map(|d: f32| d * (t as f32 * 0.7).cos());
            let mut means = sums.map(|d| d * 0.25);
            ours.step(&mut w, &sums, 0.25);
            host.step(&mut expected, &mut means, &variables);
        }
        for (w, expected) in w.iter().zip(expected) {
            assert!((w - expected).abs() < tolerance, "{w} is {expected} on a host");
        }
    }

    #[test]
    fn the_algorithms_are_those_of_the_host() {
        // Each step rounds twice, at numbers of at most 2.
        same(Sgd::new(0.1), train::Sgd::new().learning_rate(0.1), 50.0 * f32::EPSILON);
        // The powers of β are products here, and computed in f64 there: `1 − β₂ᵗ` begins at 0.001 with 1e-7 of error in it.
        same(Adam::<3>::new(0.01), train::Adam::new().learning_rate(0.01), 5e-5);
    }
}
