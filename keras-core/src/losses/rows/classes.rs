//! Losses `Σ t·f(q)` of a target distribution `t` and a predicted one `q` over classes.

use crate::float::Float;
use crate::losses::form::{Distribution, Form};
use crate::ops::reduce::sum_map;

/// The loss of a row, where `f` takes `q` and `ln q`.
#[inline(always)]
pub(super) fn value<F: Float>(form: Form, t: &[F], p: &[F], f: impl Fn(F, F) -> F) -> F {
    let q = Distribution::new(form.from_logits, p);
    let smooth = form.smooth(p.len());
    sum_map([t, p], |[t, p]| {
        let (q, ln_q) = q.at(p);
        smooth(t) * f(q, ln_q)
    })
}

/// The slopes of a row, where `df` is the derivative of `f` with respect to `ln q`.
#[inline(always)]
pub(super) fn slopes<F: Float>(
    form: Form,
    t: &[F],
    p: &[F],
    (f, df): (impl Fn(F, F) -> F, impl Fn(F, F) -> F),
) -> impl Fn(F, F) -> (F, F) {
    let q = Distribution::new(form.from_logits, p);
    let (smooth, kept) = (form.smooth(p.len()), form.kept::<F>());
    let by_ln_q = move |t: F, p: F| {
        let (at, ln_q) = q.at(p);
        q.inside(p, smooth(t) * df(at, ln_q))
    };
    let total = sum_map([t, p], |[t, p]| by_ln_q(t, p));
    move |t, p| {
        let (at, ln_q) = q.at(p);
        (f(at, ln_q) * kept, q.vjp(p, by_ln_q(t, p), total))
    }
}
