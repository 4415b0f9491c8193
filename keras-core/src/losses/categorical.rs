//! `categorical_crossentropy`.

use super::{clipped, is_inside, rules};
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{
    Call, Op, Tensor, TensorMut, op,
    reduce::{exp_sum, sum_map},
};
use crate::shape::{Inferred, Message};
use crate::site::Keeps;

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
    from_logits: bool,
    label_smoothing: f64,
}

impl categorical_crossentropy {
    /// Of probabilities, without smoothing.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        categorical_crossentropy { from_logits: false, label_smoothing: 0.0 }
    }

    /// Whether `y_pred` holds logits instead of probabilities.
    pub const fn from_logits(self, from_logits: bool) -> Self {
        categorical_crossentropy { from_logits, ..self }
    }

    /// How much of a target is shared equally among all classes; in `0..=1`.
    pub const fn label_smoothing(self, label_smoothing: f64) -> Self {
        categorical_crossentropy { label_smoothing, ..self }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        if !(self.label_smoothing >= 0.0 && self.label_smoothing <= 1.0) {
            return Inferred::Error(Message::new("`label_smoothing` is between 0 and 1"));
        }
        rules::classes(x)
    }

    /// The targets after smoothing.
    #[inline(always)]
    fn smooth<F: Float>(&self, classes: usize) -> impl Fn(F) -> F + Copy {
        let kept = F::of(1.0 - self.label_smoothing);
        let share = F::of(self.label_smoothing / classes as f64);
        move |t| t * kept + share
    }
}

op!(categorical_crossentropy, CategoricalCrossentropyAt);

/// The logarithm of each probability, the negative of what a target is multiplied with.
#[inline(always)]
fn log_q<F: Float>(from_logits: bool, p: &[F]) -> impl Fn(F) -> F {
    let (sum, shift) = if from_logits { exp_sum(p) } else { (sum_map([p], |[p]| p), F::zero()) };
    let normalizer = shift + sum.v_ln();
    move |p| if from_logits { p - normalizer } else { clipped(p / sum).v_ln() }
}

/// `dp += dy · ∂y/∂p` of one row of probabilities.
#[inline(always)]
fn of_probabilities<F: Float>(dy: F, t: &[F], p: &[F], dp: &mut [F], smooth: impl Fn(F) -> F) {
    let sum = sum_map([p], |[p]| p);
    let inside = sum_map([t, p], |[t, p]| if is_inside(p / sum) { smooth(t) } else { F::zero() });
    for ((dp, t), p) in dp.iter_mut().zip(t).zip(p) {
        let own = if is_inside(*p / sum) { smooth(*t) / *p } else { F::zero() };
        *dp += dy * (inside / sum - own);
    }
}

/// `dl += dy · ∂y/∂l` of one row of logits.
#[inline(always)]
fn of_logits<F: Float>(dy: F, t: &[F], l: &[F], dl: &mut [F], smooth: impl Fn(F) -> F) {
    let (sum, shift) = exp_sum(l);
    let total = sum_map([t], |[t]| smooth(t)) / sum;
    for ((dl, t), l) in dl.iter_mut().zip(t).zip(l) {
        *dl += dy * ((*l - shift).v_exp() * total - smooth(*t));
    }
}

impl Op for categorical_crossentropy {
    const KEEPS: Keeps = Keeps::INPUTS;

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let classes = x[1].shape.last().get();
        let smooth = self.smooth::<F>(classes);
        let scale = F::of(classes as f64 / x[1].shape.len() as f64);
        for b in 0..call.rows(y[0].shape) {
            let rows = x[0].row(b).chunks_exact(classes).zip(x[1].row(b).chunks_exact(classes));
            let loss = |(t, p)| {
                let log_q = log_q(self.from_logits, p);
                -sum_map([t, p], |[t, p]| smooth(t) * log_q(p))
            };
            y[0].row(b).fill(rows.map(loss).sum::<F>() * scale);
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
        let [dt, dp] = dx else { return };
        let classes = x[1].shape.last().get();
        let smooth = self.smooth::<F>(classes);
        let scale = F::of(classes as f64 / x[1].shape.len() as f64);
        for b in 0..call.rows(dy[0].shape) {
            let dy = dy[0].row(b)[0] * scale;
            let rows = || x[0].row(b).chunks_exact(classes).zip(x[1].row(b).chunks_exact(classes));
            if dp.is_some() {
                for ((t, p), dp) in rows().zip(dp.row(b).chunks_exact_mut(classes)) {
                    if self.from_logits {
                        of_logits(dy, t, p, dp, smooth);
                    } else {
                        of_probabilities(dy, t, p, dp, smooth);
                    }
                }
            }
            if dt.is_some() {
                let dy = dy * F::of(1.0 - self.label_smoothing);
                for ((_, p), dt) in rows().zip(dt.row(b).chunks_exact_mut(classes)) {
                    let log_q = log_q(self.from_logits, p);
                    dt.iter_mut().zip(p).for_each(|(dt, p)| *dt += -dy * log_q(*p));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, check_op_on, shape};

    #[test]
    fn vjp() {
        for shape in [shape([2]), shape([3, 4]), shape([1, 11]), shape([2, 1, 3])] {
            for op in [
                categorical_crossentropy::new(),
                categorical_crossentropy::new().label_smoothing(0.2),
            ] {
                check_op_on(&op, categorical_crossentropy::infer, &[shape, shape], |_, u| 0.2 + u);
                check_op(&op.from_logits(true), categorical_crossentropy::infer, &[shape, shape]);
            }
        }
        // One class: its logits never matter.
        check_op(
            &categorical_crossentropy::new().from_logits(true),
            categorical_crossentropy::infer,
            &[shape([1]); 2],
        );
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        let check = |op, file, errors| {
            crate::losses::golden::check(&op, categorical_crossentropy::infer, file, errors)
        };
        let op = categorical_crossentropy::new();
        check(op, include_bytes!("../../golden/losses/ce_probs.safetensors"), [6e-8, 5.14e-8]);
        let op = op.from_logits(true);
        check(op, include_bytes!("../../golden/losses/ce_logits.safetensors"), [4.6e-8, 1.17e-8]);
        let op = op.label_smoothing(0.1);
        check(
            op,
            include_bytes!("../../golden/losses/ce_label_smoothing.safetensors"),
            [4.75e-7, 1.22e-8],
        );
    }
}
