//! The loops of the losses that are means over pairs `(t, p)` of a target and a prediction.

use crate::float::Float;
use crate::ops::{Call, Tensor, TensorMut, reduce::sum_map};

/// `y = (1/n)·Σ f(t, p)`.
#[inline(always)]
pub(super) fn forward<F: Float>(
    call: &Call,
    x: &[Tensor<'_, F>],
    y: &mut TensorMut<'_, F>,
    f: impl Fn(F, F) -> F,
) {
    let scale = F::one() / F::of(x[0].shape.len() as f64);
    for b in 0..call.rows(y.shape) {
        let sum = sum_map([x[0].row(b), x[1].row(b)], |[t, p]| f(t, p));
        y.row(b).fill(sum * scale);
    }
}

/// The vjp of [`forward`], where `df` has the two partial derivatives of `f`: with respect to `t`, and to `p`.
#[inline(always)]
pub(super) fn vjp<F: Float>(
    call: &Call,
    x: &[Tensor<'_, F>],
    dy: &Tensor<'_, F>,
    dx: &mut [TensorMut<'_, F>],
    df: (impl Fn(F, F) -> F, impl Fn(F, F) -> F),
) {
    let [dt, dp] = dx else { return };
    add(call, x, dy, dt, df.0);
    add(call, x, dy, dp, df.1);
}

/// `dx += dy · df(t, p) / n`, where somebody asks for it.
#[inline(always)]
fn add<F: Float>(
    call: &Call,
    x: &[Tensor<'_, F>],
    dy: &Tensor<'_, F>,
    dx: &mut TensorMut<'_, F>,
    df: impl Fn(F, F) -> F,
) {
    if !dx.is_some() {
        return;
    }
    let scale = F::one() / F::of(x[0].shape.len() as f64);
    for b in 0..call.rows(dy.shape) {
        let pairs = x[0].row(b).iter().zip(x[1].row(b));
        let dy = dy.row(b)[0] * scale;
        dx.row(b).iter_mut().zip(pairs).for_each(|(dx, (t, p))| *dx += dy * df(*t, *p));
    }
}
