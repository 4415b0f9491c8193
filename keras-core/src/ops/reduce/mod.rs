//! Reductions over axes of an example, or over the batch, and the functions along one axis.

pub mod batch_mean;
pub mod batch_variance;
mod fold;
mod lanes;
pub mod log_softmax;
pub mod logsumexp;
pub mod max;
pub mod mean;
pub mod min;
mod over;
pub mod prod;
pub mod softmax;
pub mod standardize;
pub mod sum;
pub mod variance;

pub(crate) use fold::{exp_sum, sum_map};
pub(in crate::ops) use fold::{finite, fold, larger, smaller};
use lanes::lane_exp_sum;
pub(in crate::ops) use lanes::{Lane, Lanes};
pub(in crate::ops) use over::no_axis;
use over::{Over, along, over_batch, reduction};

use crate::float::Float;
use crate::ops::{Call, Tensor, TensorMut};

/// The vjp of `max` and `min`: the cotangent goes to the number that was chosen, in equal parts to equal ones.
#[inline(always)]
pub(in crate::ops) fn to_chosen<F: Float>(
    over: &Over,
    call: &Call,
    (x, y, dy): (&Tensor<'_, F>, &Tensor<'_, F>, &Tensor<'_, F>),
    dx: &mut TensorMut<'_, F>,
) {
    let lanes = over.lanes(x.shape);
    for b in 0..call.rows(x.shape) {
        let (x, dx) = (x.row(b), dx.row(b));
        for ((lane, y), dy) in lanes.iter().zip(y.row(b)).zip(dy.row(b)) {
            let chosen = lane.indices().filter(|i| x[*i] == *y);
            let each = *dy / F::of(chosen.clone().count() as f64);
            chosen.for_each(|i| dx[i] += each);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::Reference;
    use crate::ops::Op;
    use crate::shape::{Dim, Shape};

    /// The result of a reduction of all of `x`, and the cotangent of `x` that belongs to `dy`.
    pub(super) fn run<P: Op>(op: &P, x: &[f64], dy: f64) -> (f64, Vec<f64>) {
        let (y, dx) = run_on(op, 1, &Shape::of(&[Dim::of(x.len())]), &Shape::SCALAR, x, &[dy]);
        (y[0], dx)
    }

    /// `op` over a batch of `batch` values `[len]` must give what `reference` over axis 0 gives of one value `[batch, len]`.
    pub(super) fn same_as_first_axis<P: Op, Q: Op>(
        op: &P,
        reference: &Q,
        batch: usize,
        len: usize,
    ) {
        let numbers = |key, count| {
            (0..count as u64).map(|i| crate::random::uniform(key, i)).collect::<Vec<f64>>()
        };
        let (x, dy) = (numbers(1, batch * len), numbers(2, len));
        let y = Shape::of(&[Dim::of(len)]).with_batch(false);
        let found = run_on(op, batch, &y.with_batch(true), &y, &x, &dy);
        let expected =
            run_on(reference, 1, &Shape::of(&[Dim::of(batch), Dim::of(len)]), &y, &x, &dy);
        let pairs = found.0.iter().zip(&expected.0).chain(found.1.iter().zip(&expected.1));
        pairs.for_each(|(found, expected)| {
            assert!((found - expected).abs() < 1e-14, "{found} {expected}")
        });
    }

    /// `leading` over a batch of 2 values `[3, len]` must give what `plain` gives of 6 values `[len]`.
    pub(super) fn leading_axes_are_rows<P: Op>(plain: &P, leading: &P, len: usize) {
        let numbers = |key, count| {
            (0..count as u64).map(|i| crate::random::uniform(key, i)).collect::<Vec<f64>>()
        };
        let (x, dy) = (numbers(1, 6 * len), numbers(2, len));
        let row = Shape::of(&[Dim::of(len)]);
        let y = row.with_batch(false);
        let rows = Shape::of(&[Dim::of(3), Dim::of(len)]);
        assert_eq!(run_on(leading, 2, &rows, &y, &x, &dy), run_on(plain, 6, &row, &y, &x, &dy));
    }

    fn run_on<P: Op>(
        op: &P,
        batch: usize,
        x: &Shape,
        y: &Shape,
        data: &[f64],
        dy: &[f64],
    ) -> (Vec<f64>, Vec<f64>) {
        let call = Call { batch, first: 0, key: 0 };
        let (mut out, mut dx) = (vec![0.0; y.total(batch)], vec![0.0; data.len()]);
        let input = [Tensor { data, shape: x }];
        op.forward::<_, Reference>(
            &call,
            &input,
            &mut [TensorMut { data: &mut out, shape: y, add: false }],
        );
        let (output, dy) = ([Tensor { data: &out, shape: y }], [Tensor { data: dy, shape: y }]);
        let mut target = [TensorMut { data: &mut dx, shape: x, add: false }];
        op.vjp::<_, Reference>(&call, &input, &output, &dy, &mut target);
        (out, dx)
    }
}
