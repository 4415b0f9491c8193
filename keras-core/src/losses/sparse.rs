//! `sparse_categorical_crossentropy`.

use super::form::{clipped, is_inside};
use super::rules;
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{
    Call, Op, Tensor, TensorMut, op,
    reduce::{exp_sum, sum_map},
};
use crate::shape::{Inferred, MAX_PORTS};
use crate::site::Keeps;

/// `sparse_categorical_crossentropy(y_true, y_pred, from_logits = false)`: in nats, for targets that are labels.
///
/// ```text
/// p:          y = −ln q[k],  q = p / Σ p               dpᵢ = dy · (1 / Σ p − [i = k] / p[k])
/// logits l:   y = logsumexp(l) − l[k]                  dlᵢ = dy · (softmax(l)ᵢ − [i = k])
/// ```
///
/// with `k = y_true`. A probability `q` is clipped to `1e-7..=1 − 1e-7`, beyond which the cotangent is 0.
///
/// # Arguments
/// * `y_true`: integers `[..]` below `classes`. Data are checked when they come in.
/// * `y_pred`: floats `[.., classes]`: probabilities, or with `from_logits(true)` any numbers.
///
/// # Output
/// `[]`: the mean over the labels of an example.
///
/// # Errors
/// `y_true` that are not integers, do not have the axes of `y_pred` without the last, or whose range is known and larger than
/// `classes`; `y_pred` that are not floats.
///
/// Follows `keras.losses.SparseCategoricalCrossentropy`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct sparse_categorical_crossentropy {
    from_logits: bool,
}

impl sparse_categorical_crossentropy {
    /// Of probabilities.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        sparse_categorical_crossentropy { from_logits: false }
    }

    /// Whether `y_pred` holds logits instead of probabilities.
    pub const fn from_logits(self, from_logits: bool) -> Self {
        sparse_categorical_crossentropy { from_logits }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        rules::labels(x, "; for one-hot targets use `categorical_crossentropy`")
    }

    /// The labels are below the number of classes.
    pub const fn limits(&self, x: &[Inferred]) -> [usize; MAX_PORTS] {
        rules::label_limits(x)
    }
}

op!(sparse_categorical_crossentropy, SparseCategoricalCrossentropyAt, limits);

/// The loss of one row of probabilities or logits, with the number at its label.
#[inline(always)]
fn loss<F: Float>(from_logits: bool, p: &[F], at_label: F) -> F {
    if from_logits {
        let (sum, shift) = exp_sum(p);
        shift + sum.v_ln() - at_label
    } else {
        -clipped(at_label / sum_map([p], |[p]| p)).v_ln()
    }
}

/// `dl += dy · softmax(l)`; the caller subtracts the one-hot label.
#[inline(always)]
fn add_softmax<F: Float>(dy: F, l: &[F], dl: &mut [F]) {
    let (sum, shift) = exp_sum(l);
    let dy = dy / sum;
    dl.iter_mut().zip(l).for_each(|(dl, l)| *dl += dy * (*l - shift).v_exp());
}

impl Op for sparse_categorical_crossentropy {
    const KEEPS: Keeps = Keeps::INPUTS;

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let classes = x[1].shape.last().get();
        let scale = F::one() / F::of(x[0].shape.len() as f64);
        for b in 0..call.rows(y[0].shape) {
            let rows = x[1].row(b).chunks_exact(classes).zip(x[0].row(b));
            let loss = |(p, k): (&[F], &F)| match p.get(label(*k, classes)) {
                Some(at_label) => loss(self.from_logits, p, *at_label),
                None => F::zero(),
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
        let classes = x[1].shape.last().get();
        let scale = F::one() / F::of(x[0].shape.len() as f64);
        if !dx[1].is_some() {
            return;
        }
        for b in 0..call.rows(dy[0].shape) {
            let dy = dy[0].row(b)[0] * scale;
            let rows = x[1].row(b).chunks_exact(classes).zip(x[0].row(b));
            for ((p, k), dp) in rows.zip(dx[1].row(b).chunks_exact_mut(classes)) {
                let k = label(*k, classes);
                if self.from_logits {
                    add_softmax(dy, p, dp);
                    dp[k] = dp[k] - dy;
                } else {
                    let sum = sum_map([p], |[p]| p);
                    if is_inside(p[k] / sum) {
                        dp.iter_mut().for_each(|dp| *dp += dy / sum);
                        dp[k] = dp[k] - dy / p[k];
                    }
                }
            }
        }
    }
}

/// The label that rides in `k`; below `classes` in any case.
#[inline(always)]
fn label<F: Float>(k: F, classes: usize) -> usize {
    k.index().min(classes.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, check_op_on, ints, shape};

    #[test]
    fn vjp() {
        let op = sparse_categorical_crossentropy::new();
        for x in [
            [ints([], 2), shape([2])],
            [ints([3], 4), shape([3, 4])],
            [ints([2, 1], 11), shape([2, 1, 11])],
        ] {
            check_op(&op.from_logits(true), sparse_categorical_crossentropy::infer, &x);
            check_op_on(&op, sparse_categorical_crossentropy::infer, &x, |_, u| 0.2 + u);
        }
        check_op(
            &op.from_logits(true),
            sparse_categorical_crossentropy::infer,
            &[ints([], 1), shape([1])],
        );
    }

    #[test]
    fn large_logits_do_not_overflow() {
        assert_eq!(loss(true, &[1000.0f32, -1000.0], 1000.0), 0.0);
        assert_eq!(loss(true, &[1000.0f32, -1000.0], -1000.0), 2000.0);
    }

    #[test]
    #[cfg(feature = "std")]
    fn as_keras() {
        let check = |op, file, errors| {
            crate::losses::golden::check(&op, sparse_categorical_crossentropy::infer, file, errors)
        };
        let op = sparse_categorical_crossentropy::new();
        check(
            op,
            include_bytes!("../../golden/losses/sparse_ce_probs.safetensors"),
            [9.91e-8, 1.38e-7],
        );
        check(
            op.from_logits(true),
            include_bytes!("../../golden/losses/sparse_ce_logits.safetensors"),
            [2.18e-7, 1.02e-8],
        );
    }
}
