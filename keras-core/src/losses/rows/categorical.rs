//! `categorical_crossentropy`.

use super::{Rows, classes};
use crate::float::Float;
use crate::losses::form::{Form, options};
use crate::losses::{rows, rules};
use crate::shape::Inferred;

/// `categorical_crossentropy(y_true, y_pred, from_logits = false, label_smoothing = 0.0)`: in nats, for targets that are
/// distributions over classes.
///
/// ```text
/// p:          y = −Σⱼ tⱼ·ln qⱼ,  q = p / Σ p           dpᵢ = dy · (Σⱼ tⱼ / Σ p − tᵢ / pᵢ)
/// logits l:   y = Σⱼ tⱼ·(logsumexp(l) − lⱼ)            dlᵢ = dy · (softmax(l)ᵢ · Σⱼ tⱼ − tᵢ)
/// ```
///
/// A target `t` is first smoothed to `t·(1 − label_smoothing) + label_smoothing/classes`. Probabilities `q` are clipped to
/// `1e-7..=1 − 1e-7`; a class beyond has no part in the cotangent.
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
/// `0..=1`.
///
/// Follows `keras.losses.CategoricalCrossentropy`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct categorical_crossentropy {
    form: Form,
}

impl categorical_crossentropy {
    /// Of probabilities, without smoothing.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        categorical_crossentropy { form: Form::NEW }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        self.form.check(x, rules::classes(x))
    }
}

options!(categorical_crossentropy, "among all classes");
rows::op!(categorical_crossentropy, CategoricalCrossentropyAt);

impl Rows for categorical_crossentropy {
    #[inline(always)]
    fn value<F: Float>(&self, t: &[F], p: &[F]) -> F {
        classes::value(self.form, t, p, |_, ln_q| -ln_q)
    }

    #[inline(always)]
    fn slopes<F: Float>(&self, t: &[F], p: &[F]) -> impl Fn(F, F) -> (F, F) {
        classes::slopes(self.form, t, p, (|_, ln_q| -ln_q, |_, _| -F::one()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, shape, values};

    #[test]
    fn vjp() {
        let sizes = [shape([2]), shape([3, 4]), shape([1, 11]), shape([2, 1, 3])];
        let op = categorical_crossentropy::new();
        for op in [op, op.label_smoothing(0.2)] {
            rows::check(&op, categorical_crossentropy::infer, &sizes, |_, u| 0.2 + u);
            let op = op.from_logits(true);
            rows::check(&op, categorical_crossentropy::infer, &sizes, |_, u| 2.0 * u - 1.0);
        }
        // One class: its logits never matter.
        check_op(
            &categorical_crossentropy::new().from_logits(true),
            categorical_crossentropy::infer,
            &[shape([1]); 2],
        );
    }

    #[test]
    fn errors() {
        let op = categorical_crossentropy::new().label_smoothing(-0.1);
        assert_eq!(
            error(op.infer(&values(&[shape([3]), shape([3])]))),
            "`label_smoothing` is between 0 and 1, found -0.1"
        );
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        let check = |op, file, errors| {
            crate::losses::golden::check(&op, categorical_crossentropy::infer, file, errors)
        };
        let op = categorical_crossentropy::new();
        check(op, include_bytes!("../../../golden/losses/ce_probs.safetensors"), [6e-8, 5.14e-8]);
        let op = op.from_logits(true);
        check(
            op,
            include_bytes!("../../../golden/losses/ce_logits.safetensors"),
            [4.6e-8, 1.17e-8],
        );
        let op = op.label_smoothing(0.1);
        check(
            op,
            include_bytes!("../../../golden/losses/ce_label_smoothing.safetensors"),
            [4.75e-7, 1.22e-8],
        );
    }
}
