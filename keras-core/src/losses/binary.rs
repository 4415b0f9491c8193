//! `binary_crossentropy`.

use super::{clipped, is_inside, pairs, rules};
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut, op};
use crate::shape::{Inferred, Message};
use crate::site::Keeps;

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
    from_logits: bool,
    label_smoothing: f64,
}

impl binary_crossentropy {
    /// Of probabilities, without smoothing.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        binary_crossentropy { from_logits: false, label_smoothing: 0.0 }
    }

    /// Whether `y_pred` holds logits instead of probabilities.
    pub const fn from_logits(self, from_logits: bool) -> Self {
        binary_crossentropy { from_logits, ..self }
    }

    /// How much of a target is shared equally between yes and no; in `0..=1`.
    pub const fn label_smoothing(self, label_smoothing: f64) -> Self {
        binary_crossentropy { label_smoothing, ..self }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        if !(self.label_smoothing >= 0.0 && self.label_smoothing <= 1.0) {
            return Inferred::Error(Message::new("`label_smoothing` is between 0 and 1"));
        }
        rules::pairs(x)
    }

    #[inline(always)]
    fn smooth<F: Float>(&self, t: F) -> F {
        t * F::of(1.0 - self.label_smoothing) + F::of(self.label_smoothing / 2.0)
    }
}

op!(binary_crossentropy, BinaryCrossentropyAt);

/// Of probabilities.
#[inline(always)]
fn of_probability<F: Float>(t: F, p: F) -> F {
    let p = clipped(p);
    -(t * p.v_ln() + (F::one() - t) * (F::one() - p).v_ln())
}

#[inline(always)]
fn slope<F: Float>(t: F, p: F) -> F {
    if is_inside(p) { (p - t) / (p * (F::one() - p)) } else { F::zero() }
}

/// The logarithm of the odds that a probability stands for.
#[inline(always)]
fn logit<F: Float>(p: F) -> F {
    let p = clipped(p);
    p.v_ln() - (F::one() - p).v_ln()
}

/// Of logits, in a form that does not overflow.
#[inline(always)]
fn of_logit<F: Float>(t: F, l: F) -> F {
    l.max(F::zero()) - l * t + (F::one() + (-l.abs()).v_exp()).v_ln()
}

#[inline(always)]
fn sigmoid<F: Float>(l: F) -> F {
    F::one() / (F::one() + (-l).v_exp())
}

impl Op for binary_crossentropy {
    const KEEPS: Keeps = Keeps::INPUTS;

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        if self.from_logits {
            pairs::forward(call, x, &mut y[0], |t, l| of_logit(self.smooth(t), l));
        } else {
            pairs::forward(call, x, &mut y[0], |t, p| of_probability(self.smooth(t), p));
        }
    }

    fn vjp<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        _: &[Tensor<'_, F>],
        dy: &[Tensor<'_, F>],
        dx: &mut [TensorMut<'_, F>],
    ) {
        let kept = F::of(1.0 - self.label_smoothing);
        if self.from_logits {
            pairs::vjp(call, x, &dy[0], dx, (|_, l| -l * kept, |t, l| sigmoid(l) - self.smooth(t)));
        } else {
            pairs::vjp(
                call,
                x,
                &dy[0],
                dx,
                (|_, p| -logit(p) * kept, |t, p| slope(self.smooth(t), p)),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, check_op_on, error, shape, values};

    #[test]
    fn vjp() {
        for shape in [shape([]), shape([1]), shape([3, 1]), shape([17])] {
            for op in [binary_crossentropy::new(), binary_crossentropy::new().label_smoothing(0.2)]
            {
                check_op_on(&op, binary_crossentropy::infer, &[shape, shape], |_, u| 0.1 + 0.8 * u);
                check_op(&op.from_logits(true), binary_crossentropy::infer, &[shape, shape]);
            }
        }
    }

    #[test]
    fn certainty_is_finite() {
        assert!((of_probability(1.0f32, 0.0) - 16.118).abs() < 1e-2);
        assert_eq!(slope(1.0f32, 0.0), 0.0);
        assert_eq!(
            (of_logit(0.0f32, 500.0), of_logit(1.0f32, 500.0), sigmoid(-500.0f32)),
            (500.0, 0.0, 0.0)
        );
    }

    #[test]
    fn errors() {
        let op = binary_crossentropy::new().label_smoothing(1.5);
        assert_eq!(
            error(op.infer(&values(&[shape([3]), shape([3])]))),
            "`label_smoothing` is between 0 and 1"
        );
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        let check = |op, file, errors| {
            crate::losses::golden::check(&op, binary_crossentropy::infer, file, errors)
        };
        let op = binary_crossentropy::new();
        check(op, include_bytes!("../../golden/losses/bce_probs.safetensors"), [1.34e-7, 4.07e-8]);
        let op = op.from_logits(true).label_smoothing(0.1);
        check(
            op,
            include_bytes!("../../golden/losses/bce_logits_smoothing.safetensors"),
            [1.16e-7, 8.07e-9],
        );
    }
}
