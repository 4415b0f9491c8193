//! `variance`.

use super::{Lane, reduction};
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::site::Keeps;

reduction! {
    /// `variance(x, axis = …, keepdims = false)`: the mean square of the distance from the mean.
    ///
    /// ```text
    /// y = (1/n)·Σⱼ (x[.., j, ..] − m)²,  m = (1/n)·Σⱼ x[.., j, ..]        dx = dy · (2/n)·(x − m)
    /// ```
    ///
    /// # Arguments
    /// As [`sum`](super::sum::sum): `x`: floats `[..]`; `axis(i)` or `axes([i, j])`, all where none is named; `keepdims(true)`.
    ///
    /// # Output
    /// The shape of `x` without the axes.
    ///
    /// # Errors
    /// As [`sum`](super::sum::sum).
    ///
    /// Follows `keras.ops.var`.
    variance, VarianceAt
}

impl Op for variance {
    const KEEPS: Keeps = Keeps::input(0);

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let lanes = self.over.lanes(x[0].shape);
        let scale = F::one() / F::of(lanes.count() as f64);
        for b in 0..call.rows(x[0].shape) {
            let x = x[0].row(b);
            for (lane, y) in lanes.iter().zip(y[0].row(b)) {
                let mean = sum(lane, |i| x[i]) * scale;
                *y = sum(lane, |i| (x[i] - mean) * (x[i] - mean)) * scale;
            }
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
        let lanes = self.over.lanes(x[0].shape);
        let scale = F::one() / F::of(lanes.count() as f64);
        for b in 0..call.rows(x[0].shape) {
            let (x, dx) = (x[0].row(b), dx[0].row(b));
            for (lane, dy) in lanes.iter().zip(dy[0].row(b)) {
                let mean = sum(lane, |i| x[i]) * scale;
                let slope = *dy * F::of(2.0) * scale;
                lane.indices().for_each(|i| dx[i] += slope * (x[i] - mean));
            }
        }
    }
}

fn sum<F: Float>(lane: Lane<'_>, x: impl Fn(usize) -> F) -> F {
    lane.indices().map(x).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, shape};

    #[test]
    fn vjp() {
        for sizes in [[1, 1, 1], [3, 5, 2], [1, 4, 3], [2, 9, 1]] {
            let all = variance::new();
            for op in [all, all.axis(0), all.axis(1), all.axis(-1), all.axes([0, -1])] {
                check_op(&op, variance::infer, &[shape(sizes)]);
                check_op(&op.keepdims(true), variance::infer, &[shape(sizes)]);
            }
        }
    }
}
