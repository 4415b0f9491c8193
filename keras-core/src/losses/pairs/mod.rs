//! Losses that are means over pairs `(t, p)` of a target and a prediction, whatever the axes.

pub(super) mod absolute;
pub(super) mod binary;
pub(super) mod binary_focal;
pub(super) mod hinge;
pub(super) mod huber;
pub(super) mod log_cosh;
pub(super) mod logarithmic;
pub(super) mod percentage;
pub(super) mod poisson;
pub(super) mod squared;

use super::rows::Rows;
use crate::float::Float;
use crate::ops::reduce::sum_map;
use crate::shape::Shape;

/// A loss `(1/n)·Σ value(t, p)`.
pub(super) trait Pairs: 'static {
    /// The loss of a pair.
    fn value<F: Float>(&self, t: F, p: F) -> F;

    /// The partial derivatives of the loss of a pair: with respect to `t`, and to `p`.
    fn slopes<F: Float>(&self, t: F, p: F) -> (F, F);
}

/// The whole example is one row.
impl<L: Pairs> Rows for L {
    #[inline(always)]
    fn len(&self, example: &Shape) -> usize {
        example.len()
    }

    #[inline(always)]
    fn value<F: Float>(&self, t: &[F], p: &[F]) -> F {
        sum_map([t, p], |[t, p]| Pairs::value(self, t, p)) / F::of(t.len() as f64)
    }

    #[inline(always)]
    fn slopes<F: Float>(&self, t: &[F], _: &[F]) -> impl Fn(F, F) -> (F, F) {
        let scale = F::one() / F::of(t.len() as f64);
        move |t, p| {
            let (dt, dp) = Pairs::slopes(self, t, p);
            (dt * scale, dp * scale)
        }
    }
}

/// `check_op` on the shapes that such a loss takes, where number `u`, uniform in `0..1`, becomes `fill(i, u)`; a prediction that
/// is not a number must be seen.
#[cfg(test)]
#[track_caller]
pub(super) fn check<P: crate::ops::Op>(
    op: &P,
    infer: fn(&P, &[crate::shape::Inferred]) -> crate::shape::Inferred,
    fill: fn(usize, f64) -> f64,
) {
    use crate::ops::check::shape;
    let sizes = [shape([]), shape([1]), shape([3, 1]), shape([17])];
    super::rows::check(op, infer, &sizes, fill);
}
