//! `log_softmax`.

use super::{Lanes, along, exp_sum, lane_exp_sum, sum_map};
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::shape::Inferred;
use crate::site::Keeps;

/// `log_softmax(x, axis = -1)`: the logarithm of [`softmax`](super::softmax::softmax), without its underflow.
///
/// ```text
/// y = x − max x − ln Σⱼ exp(xⱼ − max x)        dx = dy − exp(y)·Σⱼ dyⱼ
/// ```
///
/// # Arguments
/// * `x`: floats `[..]` of rank 1 or more: logits.
/// * `axis`: along which the exponentials of the result sum to 1.
///
/// # Output
/// The shape of `x`, at most 0.
///
/// # Errors
/// An axis that `x` does not have; numbers other than floats.
///
/// Follows `keras.ops.log_softmax`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct log_softmax {
    axis: isize,
}

impl log_softmax {
    /// Along the last axis.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        log_softmax { axis: -1 }
    }

    /// Along this axis; a negative one counts from the back.
    pub const fn axis(self, axis: isize) -> Self {
        log_softmax { axis }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        along(self.axis, x)
    }
}

op!(log_softmax, LogSoftmaxAt);

impl Op for log_softmax {
    const KEEPS: Keeps = Keeps::OUTPUTS;

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let lanes = Lanes::along(self.axis, x[0].shape);
        for b in 0..call.rows(x[0].shape) {
            let (x, y) = (x[0].row(b), y[0].row(b));
            match lanes.row() {
                Some(n) => {
                    x.chunks_exact(n).zip(y.chunks_exact_mut(n)).for_each(|(x, y)| row(x, y))
                }
                None => {
                    for lane in lanes.iter() {
                        let (sum, shift) = lane_exp_sum(lane, x);
                        lane.indices().for_each(|i| y[i] = x[i] - shift - sum.v_ln());
                    }
                }
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
        let lanes = Lanes::along(self.axis, x[0].shape);
        for b in 0..call.rows(x[0].shape) {
            let (y, dy, dx) = (y[0].row(b), dy[0].row(b), dx[0].row(b));
            match lanes.row() {
                Some(n) => {
                    let rows =
                        y.chunks_exact(n).zip(dy.chunks_exact(n)).zip(dx.chunks_exact_mut(n));
                    rows.for_each(|((y, dy), dx)| row_vjp(y, dy, dx));
                }
                None => {
                    for lane in lanes.iter() {
                        let sum: F = lane.indices().map(|i| dy[i]).sum();
                        lane.indices().for_each(|i| dx[i] += dy[i] - y[i].v_exp() * sum);
                    }
                }
            }
        }
    }
}

/// Along the last axis: loops over neighbours, which vectorise.
#[inline(always)]
fn row<F: Float>(x: &[F], y: &mut [F]) {
    let (sum, shift) = exp_sum(x);
    let log = sum.v_ln();
    y.iter_mut().zip(x).for_each(|(y, x)| *y = *x - shift - log);
}

#[inline(always)]
fn row_vjp<F: Float>(y: &[F], dy: &[F], dx: &mut [F]) {
    let sum = sum_map([dy], |[dy]| dy);
    for ((dx, y), dy) in dx.iter_mut().zip(y).zip(dy) {
        *dx += *dy - y.v_exp() * sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, shape, values};

    #[test]
    fn vjp() {
        for sizes in [[1, 1, 1], [3, 5, 2], [1, 4, 3], [2, 1, 9], [2, 1, 17]] {
            for axis in [0, 1, -1] {
                check_op(&log_softmax::new().axis(axis), log_softmax::infer, &[shape(sizes)]);
            }
        }
    }

    #[test]
    fn errors() {
        let x = values(&[shape([2, 3])]);
        assert_eq!(error(log_softmax::new().axis(-3).infer(&x)), "there is no axis -3 in [2, 3]");
    }

    #[test]
    fn large_logits_do_not_overflow() {
        let mut y = [0.0f32; 3];
        row(&[1000.0, -1000.0, 1000.0], &mut y);
        let half = 0.5f32.ln();
        assert!((y[0] - half).abs() < 1e-6 && (y[1] - half + 2000.0).abs() < 1e-3, "{y:?}");
    }
}
