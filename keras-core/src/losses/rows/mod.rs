//! How losses of dense targets are computed: row by row, from the loss of a row and the slopes of its pairs.

pub(super) mod categorical;
pub(super) mod categorical_focal;
pub(super) mod categorical_hinge;
mod classes;
pub(super) mod cosine;
pub(super) mod divergence;
pub(super) mod overlap;

use crate::float::Float;
use crate::ops::{Call, Tensor, TensorMut};
use crate::shape::Shape;

/// A loss that is a mean over rows `(t, p)` of targets and predictions.
pub(super) trait Rows: 'static {
    /// How many numbers of an example are a row.
    fn len(&self, example: &Shape) -> usize {
        example.last().get()
    }

    /// The loss of a row.
    fn value<F: Float>(&self, t: &[F], p: &[F]) -> F;

    /// Two partial derivatives of the loss of a row, for each pair in it: with respect to `t`, and to `p`.
    fn slopes<F: Float>(&self, t: &[F], p: &[F]) -> impl Fn(F, F) -> (F, F);
}

/// `y = (1/rows)·Σ value(t, p)`.
#[inline(always)]
pub(super) fn forward<F: Float>(
    loss: &impl Rows,
    call: &Call,
    x: &[Tensor<'_, F>],
    y: &mut TensorMut<'_, F>,
) {
    let (len, scale) = rows(loss, x[1].shape);
    for b in 0..call.rows(y.shape) {
        let rows = x[0].row(b).chunks_exact(len).zip(x[1].row(b).chunks_exact(len));
        let sum = rows.map(|(t, p)| loss.value(t, p)).sum::<F>();
        y.row(b).fill(sum * scale);
    }
}

/// The vjp of [`forward`].
#[inline(always)]
pub(super) fn vjp<F: Float>(
    loss: &impl Rows,
    call: &Call,
    x: &[Tensor<'_, F>],
    dy: &Tensor<'_, F>,
    dx: &mut [TensorMut<'_, F>],
) {
    let [dt, dp] = dx else { return };
    let (len, scale) = rows(loss, x[1].shape);
    for b in 0..call.rows(dy.shape) {
        let dy = dy.number(b) * scale;
        let rows = x[0].row(b).chunks_exact(len).zip(x[1].row(b).chunks_exact(len));
        for (r, (t, p)) in rows.enumerate() {
            let slopes = loss.slopes(t, p);
            if dt.is_some() {
                add(&mut dt.row(b)[r * len..][..len], t, p, |t, p| dy * slopes(t, p).0);
            }
            if dp.is_some() {
                add(&mut dp.row(b)[r * len..][..len], t, p, |t, p| dy * slopes(t, p).1);
            }
        }
    }
}

/// The length of a row, and one over their number.
#[inline(always)]
fn rows<F: Float>(loss: &impl Rows, example: &Shape) -> (usize, F) {
    let len = loss.len(example);
    (len, F::of(len as f64 / example.len() as f64))
}

#[inline(always)]
fn add<F: Float>(dx: &mut [F], t: &[F], p: &[F], slope: impl Fn(F, F) -> F) {
    dx.iter_mut().zip(t).zip(p).for_each(|((dx, t), p)| *dx += slope(*t, *p));
}

/// Makes an op of a loss that is [`Rows`]: `op!(huber, HuberAt)`. One without constants is declared by it as well, with its
/// shape rule: `op! { /// … hinge, HingeAt, pairs }`.
macro_rules! op {
    ($op:ident, $at:ident) => {
        $crate::losses::rows::op!($op, $at, |loss| *loss);
    };
    ($op:ident, $at:ident, |$loss:pat_param| $rows:expr) => {
        $crate::ops::op!($op, $at);

        #[cfg(feature = "std")]
        impl $crate::losses::Loss for $op {}

        impl $crate::ops::Op for $op {
            const KEEPS: $crate::site::Keeps = $crate::site::Keeps::INPUTS;

            fn forward<F: $crate::float::Float, B: $crate::backend::Backend>(
                &self,
                call: &$crate::ops::Call,
                x: &[$crate::ops::Tensor<'_, F>],
                y: &mut [$crate::ops::TensorMut<'_, F>],
            ) {
                let $loss = self;
                $crate::losses::rows::forward(&$rows, call, x, &mut y[0]);
            }

            fn vjp<F: $crate::float::Float, B: $crate::backend::Backend>(
                &self,
                call: &$crate::ops::Call,
                x: &[$crate::ops::Tensor<'_, F>],
                _: &[$crate::ops::Tensor<'_, F>],
                dy: &[$crate::ops::Tensor<'_, F>],
                dx: &mut [$crate::ops::TensorMut<'_, F>],
            ) {
                let $loss = self;
                $crate::losses::rows::vjp(&$rows, call, x, &dy[0], dx);
            }
        }
    };
    ($(#[$doc:meta])* $op:ident, $at:ident, $rule:ident $(, |$loss:pat_param| $rows:expr)?) => {
        $(#[$doc])*
        #[allow(non_camel_case_types)]
        #[derive(Clone, Copy, Debug, Default)]
        pub struct $op;

        impl $op {
            /// No constants.
            pub const fn new() -> Self {
                $op
            }

            /// The shape rule.
            pub const fn infer(&self, x: &[$crate::shape::Inferred]) -> $crate::shape::Inferred {
                $crate::losses::rules::$rule(x)
            }
        }

        $crate::losses::rows::op!($op, $at $(, |$loss| $rows)?);
    };
}
pub(super) use op;

/// `check_op` on targets and predictions of these shapes, where number `u`, uniform in `0..1`, becomes `fill(i, u)`; a prediction
/// that is not a number must be seen.
#[cfg(test)]
#[track_caller]
pub(super) fn check<P: crate::ops::Op>(
    op: &P,
    infer: fn(&P, &[crate::shape::Inferred]) -> crate::shape::Inferred,
    sizes: &[Shape],
    fill: fn(usize, f64) -> f64,
) {
    use crate::ops::check::{check_op_on, outputs};
    for shape in sizes {
        check_op_on(op, infer, &[*shape; 2], fill);
        let mut p = vec![0.5; shape.len()];
        p[shape.len() / 2] = f64::NAN;
        let t = vec![1.0; shape.len()];
        let loss = outputs(op, infer, &[(*shape, &t), (*shape, &p)])[0][0];
        assert!(loss.is_nan(), "a prediction that is not a number gives {loss}");
    }
}
