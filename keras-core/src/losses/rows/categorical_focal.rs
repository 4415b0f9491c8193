//! `categorical_focal_crossentropy`.

use super::{Rows, classes};
use crate::float::Float;
use crate::losses::form::{self, Form, options, power_slope};
use crate::losses::{rows, rules};
use crate::math::pow;
use crate::shape::Inferred;

/// `categorical_focal_crossentropy(y_true, y_pred, alpha = 0.25, gamma = 2.0, from_logits = false, label_smoothing = 0.0)`: the
/// categorical crossentropy, with less weight for what is nearly right.
///
/// ```text
/// y = −alpha·Σⱼ tⱼ·(1 − qⱼ)^gamma·ln qⱼ,   q = p / Σ p, or softmax(l) of logits
/// kⱼ = ∂y/∂ln qⱼ = alpha·tⱼ·(gamma·(1 − qⱼ)^(gamma − 1)·qⱼ·ln qⱼ − (1 − qⱼ)^gamma)
/// dpⱼ = dy · (kⱼ/qⱼ − Σ k) / Σ p        dlⱼ = dy · (kⱼ − qⱼ·Σ k)
/// ```
///
/// A target `t` is first smoothed to `t·(1 − label_smoothing) + label_smoothing/classes`. Probabilities `q` are clipped to
/// `1e-7..=1 − 1e-7`, a class beyond has no part in the cotangent; the softmax of logits is not clipped.
///
/// # Arguments
/// * `y_true`: floats `[.., classes]`, each row a distribution (one-hot, say).
/// * `y_pred`: floats of the same shape: probabilities, or with `from_logits(true)` any numbers.
///
/// # Output
/// `[]`: the mean over the rows of an example.
///
/// # Errors
/// Different shapes: nothing broadcasts here; no axis of classes; numbers other than floats; a `label_smoothing` outside of
/// `0..=1`, a negative `alpha` or `gamma`.
///
/// Follows `keras.losses.CategoricalFocalCrossentropy` with one `alpha` for all classes.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct categorical_focal_crossentropy {
    alpha: f64,
    gamma: f64,
    form: Form,
}

impl categorical_focal_crossentropy {
    /// Of probabilities, without smoothing, with `alpha = 0.25` and `gamma = 2.0`.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        categorical_focal_crossentropy { alpha: 0.25, gamma: 2.0, form: Form::NEW }
    }

    /// What the whole is multiplied with; not negative.
    pub const fn alpha(self, alpha: f64) -> Self {
        categorical_focal_crossentropy { alpha, ..self }
    }

    /// How much less what is nearly right weighs; 0 is the categorical crossentropy. Not negative.
    pub const fn gamma(self, gamma: f64) -> Self {
        categorical_focal_crossentropy { gamma, ..self }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        let rule = form::not_negative("alpha", self.alpha, self.form.check(x, rules::classes(x)));
        form::not_negative("gamma", self.gamma, rule)
    }

    /// The loss of a class that is the target.
    #[inline(always)]
    fn of_class<F: Float>(&self, q: F, ln_q: F) -> F {
        -F::of(self.alpha) * pow(F::one() - q, F::of(self.gamma)) * ln_q
    }

    /// Its derivative with respect to `ln q`.
    #[inline(always)]
    fn slope<F: Float>(&self, q: F, ln_q: F) -> F {
        let (miss, alpha) = (F::one() - q, F::of(self.alpha));
        alpha * (power_slope(miss, self.gamma) * q * ln_q - pow(miss, F::of(self.gamma)))
    }
}

options!(categorical_focal_crossentropy, "among all classes");
rows::op!(categorical_focal_crossentropy, CategoricalFocalCrossentropyAt);

impl Rows for categorical_focal_crossentropy {
    #[inline(always)]
    fn value<F: Float>(&self, t: &[F], p: &[F]) -> F {
        classes::value(self.form, t, p, |q, ln_q| self.of_class(q, ln_q))
    }

    #[inline(always)]
    fn slopes<F: Float>(&self, t: &[F], p: &[F]) -> impl Fn(F, F) -> (F, F) {
        let (of_class, slope) = (|q, ln_q| self.of_class(q, ln_q), |q, ln_q| self.slope(q, ln_q));
        classes::slopes(self.form, t, p, (of_class, slope))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::losses::categorical_crossentropy;
    use crate::ops::check::{error, shape, values};

    #[test]
    fn vjp() {
        let sizes = [shape([2]), shape([3, 4]), shape([1, 11]), shape([2, 1, 3])];
        let op = categorical_focal_crossentropy::new();
        for op in [op, op.gamma(0.0), op.gamma(0.5).alpha(2.0), op.gamma(3.0).label_smoothing(0.2)]
        {
            rows::check(&op, categorical_focal_crossentropy::infer, &sizes, |_, u| 0.2 + u);
            let op = op.from_logits(true);
            rows::check(&op, categorical_focal_crossentropy::infer, &sizes, |_, u| 2.0 * u - 1.0);
        }
    }

    #[test]
    fn without_gamma_it_is_the_crossentropy() {
        let (t, p) = ([0.0, 0.2, 0.8], [0.5, 0.3, 0.2f64]);
        for from_logits in [false, true] {
            let op = categorical_focal_crossentropy::new().gamma(0.0).alpha(1.0);
            let (op, expected) = (
                op.from_logits(from_logits),
                categorical_crossentropy::new().from_logits(from_logits),
            );
            assert_eq!(op.value(&t, &p), expected.value(&t, &p));
            assert_eq!(op.slopes(&t, &p)(0.8, 0.2), expected.slopes(&t, &p)(0.8, 0.2));
        }
    }

    #[test]
    fn certainty_is_finite() {
        let (t, p) = ([0.0, 1.0], [0.0, 1.0f32]);
        for op in [0.0, 0.5, 2.0].map(|gamma| categorical_focal_crossentropy::new().gamma(gamma)) {
            let slopes = op.slopes(&t, &p)(1.0, 1.0);
            assert!(op.value(&t, &p).is_finite() && slopes.0.is_finite() && slopes.1.is_finite());
            let (op, l) = (op.from_logits(true), [-100.0, 100.0f32]);
            let slopes = op.slopes(&t, &l)(1.0, 100.0);
            assert!(op.value(&t, &l).is_finite() && slopes.0.is_finite() && slopes.1.is_finite());
        }
    }

    #[test]
    fn errors() {
        let found = |op: categorical_focal_crossentropy| {
            error(op.infer(&values(&[shape([3]), shape([3])])))
        };
        let op = categorical_focal_crossentropy::new();
        assert_eq!(found(op.alpha(-2.0)), "`alpha` is a number that is not negative, found -2");
        assert_eq!(
            found(op.gamma(f64::INFINITY)),
            "`gamma` is a number that is not negative, found infinity"
        );
        assert_eq!(found(op.label_smoothing(2.0)), "`label_smoothing` is between 0 and 1, found 2");
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        let file = include_bytes!("../../../golden/losses/categorical_focal.safetensors");
        let op = categorical_focal_crossentropy::new();
        let errors = [6.82e-8, 1.79e-7];
        crate::losses::golden::check(&op, categorical_focal_crossentropy::infer, file, errors);
    }
}
