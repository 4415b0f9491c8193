//! `softmax`.

use super::{Lane, Lanes, along, finite, fold, larger, sum_map};
use crate::backend::Backend;
use crate::float::Float;
use crate::infer::Inference;
use crate::ops::{Call, InPlace, Op, Tensor, TensorMut};
use crate::shape::{Inferred, Meaning};
use crate::site::Keeps;

/// `softmax(x, axis = -1)`: positive numbers that sum to 1 along an axis.
///
/// ```text
/// y = exp(x − max x) / Σⱼ exp(xⱼ − max x)        dx = y ⊙ (dy − Σⱼ dyⱼ·yⱼ)
/// ```
///
/// # Arguments
/// * `x`: floats `[..]` of rank 1 or more: logits of any size, as the largest is subtracted first.
/// * `axis`: along which the numbers sum to 1.
///
/// # Output
/// The shape of `x`, in `0..=1`.
///
/// # Errors
/// An axis that `x` does not have; numbers other than floats.
///
/// Follows `keras.ops.softmax`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct softmax {
    axis: isize,
}

impl softmax {
    /// Along the last axis.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        softmax { axis: -1 }
    }

    /// Along this axis; a negative one counts from the back.
    pub const fn axis(self, axis: isize) -> Self {
        softmax { axis }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        along(self.axis, x)
    }

    const fn inference(&self, _: &[Inferred]) -> Inference {
        Inference::IN_PLACE
    }

    pub(crate) const fn sizes(&self, x: &[Inferred]) -> Lanes {
        Lanes::along(self.axis, &crate::ops::first_shape(x))
    }
}

op!(softmax, SoftmaxAt, in_place);

impl InPlace for softmax {
    type Sizes = Lanes;

    #[inline(always)]
    fn in_place<F: Float>(lanes: Lanes, y: &mut [F]) {
        match lanes.row() {
            Some(n) if n == y.len() => row_in_place(y),
            Some(n) => y.chunks_exact_mut(n).for_each(row_in_place),
            None => lanes.iter().for_each(|lane| lane_in_place(lane, y)),
        }
    }
}

impl Op for softmax {
    const KEEPS: Keeps = Keeps::OUTPUTS;
    const MEANING: Option<Meaning> = Some(Meaning::Probabilities);

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
                    y.copy_from_slice(x);
                    lanes.iter().for_each(|lane| lane_in_place(lane, y));
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
                        let inner = lane.indices().map(|i| dy[i] * y[i]).sum();
                        lane.indices().for_each(|i| dx[i] += y[i] * (dy[i] - inner));
                    }
                }
            }
        }
    }
}

/// Along the last axis: loops over neighbours, which vectorise.
#[inline(always)]
fn row<F: Float>(x: &[F], y: &mut [F]) {
    y.copy_from_slice(x);
    row_in_place(y);
}

/// On a board a function of its own, for its registers are others than those of the products before it.
#[cfg_attr(any(feature = "std", optimize_for_size), inline(always))]
#[cfg_attr(not(any(feature = "std", optimize_for_size)), inline(never))]
fn row_in_place<F: Float>(y: &mut [F]) {
    // Which one is the largest does not matter where one is NaN: then so is the sum.
    let shift = finite(fold(y, F::neg_infinity(), |a, b| if a < b { b } else { a }));
    y.iter_mut().for_each(|y| *y = (*y - shift).v_exp());
    let scale = F::one() / sum_map([y], |[y]| y);
    y.iter_mut().for_each(|y| *y = *y * scale);
}

#[inline(always)]
fn row_vjp<F: Float>(y: &[F], dy: &[F], dx: &mut [F]) {
    let inner = sum_map([y, dy], |[y, dy]| y * dy);
    for ((dx, y), dy) in dx.iter_mut().zip(y).zip(dy) {
        *dx += *y * (*dy - inner);
    }
}

/// Along another axis.
#[inline(always)]
fn lane_in_place<F: Float>(lane: Lane, y: &mut [F]) {
    let shift = finite(lane.indices().map(|i| y[i]).fold(F::neg_infinity(), larger));
    lane.indices().for_each(|i| y[i] = (y[i] - shift).v_exp());
    let sum: F = lane.indices().map(|i| y[i]).sum();
    lane.indices().for_each(|i| y[i] = y[i] / sum);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, shape, values};

    #[test]
    fn vjp() {
        for sizes in [[1, 1, 1], [3, 5, 2], [1, 4, 3], [2, 1, 9], [2, 1, 17]] {
            for axis in [0, 1, -1] {
                check_op(&softmax::new().axis(axis), softmax::infer, &[shape(sizes)]);
            }
        }
    }

    #[test]
    fn errors() {
        let x = values(&[shape([2, 3])]);
        assert_eq!(error(softmax::new().axis(-3).infer(&x)), "there is no axis -3 in [2, 3]");
    }

    #[test]
    fn large_logits_do_not_overflow() {
        let mut y = [0.0f32; 3];
        row(&[1000.0, 1000.0, f32::NEG_INFINITY], &mut y);
        assert_eq!(y, [0.5, 0.5, 0.0]);
    }
}
