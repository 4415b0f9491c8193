//! Regularizers and constraints of weights.

use crate::float::Float;
use crate::weights::{Constraint, Regularizer, Weight};

/// What Keras adds to a length before it divides by it: `keras.config.epsilon()`.
const EPSILON: f64 = 1e-7;

impl Regularizer {
    /// `l1·Σ|w| + l2·Σw²`, as `keras.regularizers.L1L2`.
    pub(crate) fn value<F: Float>(&self, weights: &[F]) -> f64 {
        weights.iter().map(|w| w.f64()).map(|w| self.l1 * w.abs() + self.l2 * w * w).sum()
    }

    /// Adds `l1·sign(w) + 2·l2·w` to the gradients; the derivative of `|w|` at 0 is 0.
    pub(crate) fn add_gradient<F: Float>(&self, weights: &[F], gradients: &mut [F]) {
        let (l1, l2) = (F::of(self.l1), F::of(2.0 * self.l2));
        for (w, dw) in weights.iter().zip(gradients) {
            let sign = if *w == F::zero() { F::zero() } else { w.signum() };
            *dw += l1 * sign + l2 * *w;
        }
    }
}

impl Constraint {
    /// Puts the constraint on `weight`, whose numbers are `w`, as `keras.constraints` with `axis = 0`.
    pub(crate) fn apply<F: Float>(&self, weight: &Weight, w: &mut [F]) {
        match self {
            Constraint::NonNeg => w.iter_mut().for_each(|w| *w = w.max(F::zero())),
            Constraint::MaxNorm(max) => scale_columns(weight, w, |norm| norm.min(*max)),
            Constraint::UnitNorm => scale_columns(weight, w, |_| 1.0),
        }
    }
}

/// Scales every vector along axis 0 from its length to `length(its length)`.
fn scale_columns<F: Float>(weight: &Weight, w: &mut [F], length: impl Fn(f64) -> f64) {
    let columns = weight.shape.product(1, weight.shape.rank());
    for column in 0..columns {
        let norm = w.iter().skip(column).step_by(columns).map(|w| w.f64().powi(2)).sum::<f64>();
        let norm = norm.sqrt();
        let factor = F::of(length(norm) / (EPSILON + norm));
        w.iter_mut().skip(column).step_by(columns).for_each(|w| *w = *w * factor);
    }
}

#[cfg(test)]
mod tests {
    use super::super::optimizer::tests::{close, golden};
    use super::*;
    use crate::net::Net;
    use crate::toy::Toy;

    #[test]
    fn regularizers_are_those_of_keras() {
        for (bytes, l1, l2) in [
            (&include_bytes!("../../golden/regularizers/l1.safetensors")[..], 0.01, 0.0),
            (include_bytes!("../../golden/regularizers/l2.safetensors"), 0.0, 0.01),
            (include_bytes!("../../golden/regularizers/l1l2.safetensors"), 0.01, 0.02),
        ] {
            let (regularizer, w) = (Regularizer { l1, l2 }, golden::<f32>(bytes, "w"));
            let mut gradients = vec![0.0; w.len()];
            regularizer.add_gradient(&w, &mut gradients);
            close("value", &[regularizer.value(&w) as f32], &golden::<f32>(bytes, "value"), 5.3e-8);
            close("grad", &gradients, &golden::<f32>(bytes, "grad"), 6.9e-9);
        }
    }

    #[test]
    fn constraints_are_those_of_keras() {
        let weight = &<Toy>::WEIGHTS.walk()[1];
        assert_eq!(weight.sizes(), [4, 3]);
        for (bytes, constraint) in [
            (
                &include_bytes!("../../golden/constraints/max_norm.safetensors")[..],
                Constraint::MaxNorm(1.0),
            ),
            (include_bytes!("../../golden/constraints/non_neg.safetensors"), Constraint::NonNeg),
            (
                include_bytes!("../../golden/constraints/unit_norm.safetensors"),
                Constraint::UnitNorm,
            ),
        ] {
            let mut w = golden::<f32>(bytes, "w");
            constraint.apply(weight, &mut w);
            close("out", &w, &golden::<f32>(bytes, "out"), 6.6e-8);
        }
    }
}
