//! `sparse_categorical_crossentropy`.

use super::form::{Distribution, Form, options};
use super::rules;
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut, op, reduce::sum_map};
use crate::shape::{Inferred, MAX_PORTS, Message};
use crate::site::Keeps;

/// `sparse_categorical_crossentropy(y_true, y_pred, from_logits = false, label_smoothing = 0.0)`: in nats, for targets that are
/// labels.
///
/// ```text
/// p:          y = −ln q[k],  q = p / Σ p               dpᵢ = dy · (1 / Σ p − [i = k] / p[k])
/// logits l:   y = logsumexp(l) − l[k]                  dlᵢ = dy · (softmax(l)ᵢ − [i = k])
/// ```
///
/// with `k = y_true`. A probability `q` is clipped to `1e-7..=1 − 1e-7`, beyond which the cotangent is 0. With `label_smoothing`
/// it is [`categorical_crossentropy`](super::categorical_crossentropy) of the one-hot labels: the label weighs
/// `1 − label_smoothing`, and every class `label_smoothing/classes` more.
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
/// `classes`; `y_pred` that are not floats; a `label_smoothing` outside of `0..=1`; an `ignore_class` above `classes`.
///
/// Follows `keras.losses.SparseCategoricalCrossentropy`, which has no `label_smoothing`. With `ignore_class` Keras divides by the
/// number of labels of the batch that count, and here each example has the mean of its own.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct sparse_categorical_crossentropy {
    ignore_class: Option<usize>,
    form: Form,
}

impl sparse_categorical_crossentropy {
    /// Of probabilities, without smoothing, where every label counts.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        sparse_categorical_crossentropy { ignore_class: None, form: Form::NEW }
    }

    /// A label that does not count: the loss of an example is the mean over its other labels, 0 where there are none.
    ///
    /// It is one of the classes, or the number behind the last, `classes`, where labels that mean nothing are to have their own.
    pub const fn ignore_class(self, ignore_class: usize) -> Self {
        sparse_categorical_crossentropy { ignore_class: Some(ignore_class), ..self }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        let more = self.beyond(x);
        if let ([_, Inferred::Ok(y_pred)], 2..) = (x, more) {
            let message = Message::new("`ignore_class` is a class of `y_pred` ").shape(y_pred);
            let message = message.str(", or ").num(y_pred.last().get());
            let message = message.str(" where it has its own label, found ");
            return Inferred::Error(message.num(y_pred.last().get() + more - 1));
        }
        let instead = "for one-hot targets use `categorical_crossentropy`";
        self.form.check(x, rules::labels_and(x, more, instead))
    }

    /// The labels are below the number of classes, or ignored.
    pub const fn limits(&self, x: &[Inferred]) -> [usize; MAX_PORTS] {
        let mut limits = rules::label_limits(x);
        limits[0] = limits[0].saturating_add(self.beyond(x));
        limits
    }

    /// How many labels there are beyond the classes: up to the one that is ignored.
    const fn beyond(&self, x: &[Inferred]) -> usize {
        match (self.ignore_class, x) {
            (Some(label), [_, Inferred::Ok(y_pred)]) => {
                (label + 1).saturating_sub(y_pred.last().get())
            }
            _ => 0,
        }
    }

    /// The label that rides in `k`, below `classes` in any case; `None` where it does not count.
    #[inline(always)]
    fn label<F: Float>(&self, k: F, classes: usize) -> Option<usize> {
        let label = k.index();
        if Some(label) == self.ignore_class {
            None
        } else {
            Some(label.min(classes.saturating_sub(1)))
        }
    }

    /// One over the number of labels that count; 0 where there are none, whose sum is 0 as well.
    #[inline(always)]
    fn scale<F: Float>(&self, t: &[F]) -> F {
        let count = t.iter().filter(|k| self.label(**k, usize::MAX).is_some()).count();
        if count == 0 { F::zero() } else { F::one() / F::of(count as f64) }
    }

    /// The loss of one row.
    #[inline(always)]
    fn value<F: Float>(&self, k: usize, p: &[F]) -> F {
        let q = Distribution::new(self.form.from_logits, p);
        let own = -q.at(p[k]).1 * self.form.kept();
        if self.form.label_smoothing == 0.0 {
            return own;
        }
        own - sum_map([p], |[p]| q.at(p).1) * self.form.share(p.len())
    }

    /// `dp += dy · ∂value/∂p` of one row.
    #[inline(always)]
    fn vjp_of_row<F: Float>(&self, dy: F, k: usize, p: &[F], dp: &mut [F]) {
        let q = Distribution::new(self.form.from_logits, p);
        let share = |x| -q.inside(x, self.form.share::<F>(p.len()));
        let own = -q.inside(p[k], self.form.kept::<F>());
        let total = own + sum_map([p], |[p]| share(p));
        dp.iter_mut().zip(p).for_each(|(dp, p)| *dp += dy * q.vjp(*p, share(*p), total));
        dp[k] += dy * q.vjp(p[k], own, F::zero());
    }
}

options!(sparse_categorical_crossentropy, "among all classes");
op!(sparse_categorical_crossentropy, SparseCategoricalCrossentropyAt, limits);

#[cfg(feature = "std")]
impl super::Loss for sparse_categorical_crossentropy {}

impl Op for sparse_categorical_crossentropy {
    const KEEPS: Keeps = Keeps::INPUTS;

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let classes = x[1].shape.last().get();
        for b in 0..call.rows(y[0].shape) {
            let (t, p) = (x[0].row(b), x[1].row(b).chunks_exact(classes));
            let value = |(p, k): (_, &F)| Some(self.value(self.label(*k, classes)?, p));
            y[0].row(b).fill(p.zip(t).filter_map(value).sum::<F>() * self.scale(t));
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
        if !dx[1].is_some() {
            return;
        }
        for b in 0..call.rows(dy[0].shape) {
            let (t, p) = (x[0].row(b), x[1].row(b).chunks_exact(classes));
            let dy = dy[0].number(b) * self.scale(t);
            for ((k, p), dp) in t.iter().zip(p).zip(dx[1].row(b).chunks_exact_mut(classes)) {
                if let Some(k) = self.label(*k, classes) {
                    self.vjp_of_row(dy, k, p, dp);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::losses::categorical_crossentropy;
    use crate::ops::check::{check_op, check_op_on, error, ints, outputs, shape, values};

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
    fn vjp_with_options() {
        let op = sparse_categorical_crossentropy::new().label_smoothing(0.2);
        // Classes that are ignored: one of four, and a fifth.
        for op in
            [op, op.ignore_class(2), op.ignore_class(4), op.ignore_class(0).label_smoothing(0.0)]
        {
            let labels = if op.ignore_class == Some(4) { 5 } else { 4 };
            let x = [ints([7], labels), shape([7, 4])];
            check_op(&op.from_logits(true), sparse_categorical_crossentropy::infer, &x);
            check_op_on(&op, sparse_categorical_crossentropy::infer, &x, |_, u| 0.2 + u);
        }
    }

    #[test]
    fn as_one_hot_targets() {
        let (labels, p) = ([2.0, 0.0], [0.1, 0.7, 0.2, 0.3, 0.3, 0.4]);
        let one_hot = [0.0, 0.0, 1.0, 1.0, 0.0, 0.0];
        for (from_logits, smoothing) in [(false, 0.0), (false, 0.3), (true, 0.0), (true, 0.3)] {
            let op = sparse_categorical_crossentropy::new();
            let found = outputs(
                &op.from_logits(from_logits).label_smoothing(smoothing),
                sparse_categorical_crossentropy::infer,
                &[(ints([2], 3), &labels), (shape([2, 3]), &p)],
            );
            let op = categorical_crossentropy::new();
            let expected = outputs(
                &op.from_logits(from_logits).label_smoothing(smoothing),
                categorical_crossentropy::infer,
                &[(shape([2, 3]), &one_hot), (shape([2, 3]), &p)],
            );
            assert!((found[0][0] - expected[0][0]).abs() < 1e-15, "{found:?} {expected:?}");
        }
    }

    #[test]
    fn an_ignored_label_does_not_count() {
        let p = [0.1, 0.9, 0.5, 0.5];
        let value = |op, labels: &[f64]| {
            let x = [(ints([2], 3), labels), (shape([2, 2]), &p[..])];
            outputs(&op, sparse_categorical_crossentropy::infer, &x)[0][0]
        };
        let op = sparse_categorical_crossentropy::new().ignore_class(2);
        assert!((value(op, &[2.0, 1.0]) - 2.0f64.ln()).abs() < 1e-15);
        assert_eq!(value(op, &[2.0, 2.0]), 0.0);
        assert_eq!(op.limits(&values(&[ints([2], 3), shape([2, 2])]))[0], 3);
        assert_eq!(op.ignore_class(1).limits(&values(&[ints([2], 2), shape([2, 2])]))[0], 2);
    }

    #[test]
    fn errors() {
        let op = sparse_categorical_crossentropy::new();
        let found = |op: sparse_categorical_crossentropy, labels| {
            error(op.infer(&values(&[ints([], labels), shape([4])])))
        };
        assert_eq!(
            found(op.ignore_class(255), 4),
            "`ignore_class` is a class of `y_pred` [4], or 4 where it has its own label, found 255"
        );
        assert_eq!(
            found(op.label_smoothing(2.0), 4),
            "`label_smoothing` is between 0 and 1, found 2"
        );
        assert_eq!(found(op, 5), "`y_true` has a range of 5, but `y_pred` [4] has room for 4");
    }

    #[test]
    fn large_logits_do_not_overflow() {
        let op = sparse_categorical_crossentropy::new().from_logits(true);
        assert_eq!(op.value(0, &[1000.0f32, -1000.0]), 0.0);
        assert_eq!(op.value(1, &[1000.0f32, -1000.0]), 2000.0);
        // A class that is ruled out by its logit.
        assert_eq!(op.value(0, &[0.0f32, f32::NEG_INFINITY]), 0.0);
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
        crate::losses::golden::check_some(
            &op.from_logits(true).ignore_class(0),
            sparse_categorical_crossentropy::infer,
            include_bytes!("../../golden/losses/sparse_ce_ignore_class.safetensors"),
            5,
            [5.24e-8, 2.08e-8],
        );
    }
}
