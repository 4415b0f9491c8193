//! `logsumexp`.

use super::{exp_sum, lane_exp_sum, reduction};
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::site::Keeps;

reduction! {
    /// `logsumexp(x, axis = …, keepdims = false)`: the logarithm of the sum of exponentials, without overflow.
    ///
    /// ```text
    /// y = max x + ln Σⱼ exp(x[.., j, ..] − max x)        dx[.., j, ..] = dy · exp(x[.., j, ..] − y)
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
    /// Follows `keras.ops.logsumexp`.
    logsumexp, LogsumexpAt
}

impl Op for logsumexp {
    const KEEPS: Keeps = Keeps::INPUTS.and(Keeps::OUTPUTS);

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let lanes = self.over.lanes(x[0].shape);
        for b in 0..call.rows(x[0].shape) {
            let (x, y) = (x[0].row(b), y[0].row(b));
            match lanes.row() {
                Some(n) => x.chunks_exact(n).zip(y).for_each(|(x, y)| *y = log(exp_sum(x))),
                None => lanes.iter().zip(y).for_each(|(lane, y)| *y = log(lane_exp_sum(lane, x))),
            }
        }
    }

    fn vjp<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &[Tensor<'_, F>],
        dy: &[Tensor<'_, F>],
        dx: &mut [TensorMut<'_, F>],
    ) {
        let lanes = self.over.lanes(x[0].shape);
        for b in 0..call.rows(x[0].shape) {
            let (x, y, dy) = (x[0].row(b), y[0].row(b), dy[0].row(b));
            lanes.spread(dx[0].row(b), |i, o| dy[o] * (x[i] - y[o]).v_exp());
        }
    }
}

fn log<F: Float>((sum, shift): (F, F)) -> F {
    shift + sum.v_ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, shape};
    use crate::ops::reduce::tests::run;

    #[test]
    fn vjp() {
        for sizes in [[1, 1, 1], [3, 5, 2], [1, 4, 3], [2, 9, 1]] {
            let all = logsumexp::new();
            for op in [all, all.axis(0), all.axis(1), all.axis(-1), all.axes([0, -1])] {
                check_op(&op, logsumexp::infer, &[shape(sizes)]);
                check_op(&op.keepdims(true), logsumexp::infer, &[shape(sizes)]);
            }
        }
    }

    #[test]
    fn nothing_overflows() {
        assert_eq!(
            run(&logsumexp::new(), &[1000.0, f64::NEG_INFINITY], 1.0),
            (1000.0, vec![1.0, 0.0])
        );
        assert_eq!(run(&logsumexp::new(), &[f64::NEG_INFINITY; 2], 1.0).0, f64::NEG_INFINITY);
    }
}
