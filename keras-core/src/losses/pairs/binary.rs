//! `binary_crossentropy`.

use super::Pairs;
use crate::float::Float;
use crate::losses::form::{Form, clipped, is_inside, options};
use crate::losses::{rows, rules};
use crate::math::{sigmoid, softplus};
use crate::shape::Inferred;

/// `binary_crossentropy(y_true, y_pred, from_logits = false, label_smoothing = 0.0)`: in nats, for independent yes-no targets.
///
/// ```text
/// p:          y = −(1/n)·Σ t·ln p + (1 − t)·ln(1 − p)            dp = dy · (p − t) / (p·(1 − p)·n)
/// logits l:   y = (1/n)·Σ max(l, 0) − l·t + ln(1 + exp(−|l|))    dl = dy · (sigmoid(l) − t) / n
/// ```
///
/// A target `t` is first smoothed to `t·(1 − label_smoothing) + label_smoothing/2`. Probabilities are clipped to
/// `1e-7..=1 − 1e-7`, beyond which their cotangent is 0.
///
/// # Arguments
/// * `y_true`: floats `[..]` in `0..=1`.
/// * `y_pred`: floats of the same shape: probabilities in `0..=1`, or with `from_logits(true)` any numbers.
///
/// # Output
/// `[]`: the mean over all axes of an example.
///
/// # Errors
/// Different shapes: nothing broadcasts here; numbers other than floats; a `label_smoothing` outside of `0..=1`.
///
/// Follows `keras.losses.BinaryCrossentropy`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct binary_crossentropy {
    form: Form,
}

impl binary_crossentropy {
    /// Of probabilities, without smoothing.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        binary_crossentropy { form: Form::NEW }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        self.form.check(x, rules::pairs(x))
    }
}

options!(binary_crossentropy, "between yes and no");
rows::op!(binary_crossentropy, BinaryCrossentropyAt);

/// The crossentropy of a target and a probability.
#[inline(always)]
pub(super) fn of_probability<F: Float>(t: F, p: F) -> F {
    let p = clipped(p);
    -(t * p.v_ln() + (F::one() - t) * (F::one() - p).v_ln())
}

/// Its derivatives.
#[inline(always)]
pub(super) fn by_probability<F: Float>(t: F, p: F) -> (F, F) {
    let (q, one) = (clipped(p), F::one());
    let dp = if is_inside(p) { (p - t) / (p * (one - p)) } else { F::zero() };
    ((one - q).v_ln() - q.v_ln(), dp)
}

/// The crossentropy of a target and a logit, in a form that does not overflow.
#[inline(always)]
pub(super) fn of_logit<F: Float>(t: F, l: F) -> F {
    softplus(l) - l * t
}

/// Its derivatives.
#[inline(always)]
pub(super) fn by_logit<F: Float>(t: F, l: F) -> (F, F) {
    (-l, sigmoid(l) - t)
}

impl Pairs for binary_crossentropy {
    #[inline(always)]
    fn value<F: Float>(&self, t: F, p: F) -> F {
        let t = self.form.smooth(2)(t);
        if self.form.from_logits { of_logit(t, p) } else { of_probability(t, p) }
    }

    #[inline(always)]
    fn slopes<F: Float>(&self, t: F, p: F) -> (F, F) {
        let t = self.form.smooth(2)(t);
        let (dt, dp) = if self.form.from_logits { by_logit(t, p) } else { by_probability(t, p) };
        (dt * self.form.kept(), dp)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::losses::pairs;
    use crate::ops::check::{error, shape, values};

    #[test]
    fn vjp() {
        for op in [binary_crossentropy::new(), binary_crossentropy::new().label_smoothing(0.2)] {
            pairs::check(&op, binary_crossentropy::infer, |_, u| 0.1 + 0.8 * u);
            pairs::check(&op.from_logits(true), binary_crossentropy::infer, |_, u| 2.0 * u - 1.0);
        }
    }

    #[test]
    fn certainty_is_finite() {
        assert!((of_probability(1.0f32, 0.0) - 16.118).abs() < 1e-2);
        assert_eq!(by_probability(1.0f32, 0.0).1, 0.0);
        assert_eq!(
            (of_logit(0.0f32, 500.0), of_logit(1.0f32, 500.0), by_logit(0.0f32, -500.0).1),
            (500.0, 0.0, 0.0)
        );
    }

    #[test]
    fn errors() {
        let op = binary_crossentropy::new().label_smoothing(1.5);
        assert_eq!(
            error(op.infer(&values(&[shape([3]), shape([3])]))),
            "`label_smoothing` is between 0 and 1, found 1.5"
        );
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        let check = |op, file, errors| {
            crate::losses::golden::check(&op, binary_crossentropy::infer, file, errors)
        };
        let op = binary_crossentropy::new();
        check(
            op,
            include_bytes!("../../../golden/losses/bce_probs.safetensors"),
            [1.34e-7, 4.07e-8],
        );
        let op = op.from_logits(true).label_smoothing(0.1);
        check(
            op,
            include_bytes!("../../../golden/losses/bce_logits_smoothing.safetensors"),
            [1.16e-7, 8.07e-9],
        );
    }
}
