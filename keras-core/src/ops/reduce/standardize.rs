//! `standardize`.

use super::{Lane, Lanes, along, sum_map};
use crate::backend::Backend;
use crate::float::Float;
use crate::math::rsqrt;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::shape::{Inferred, Message};
use crate::site::Keeps;

/// `standardize(x, axis = -1, epsilon = 0.001)`: numbers with mean 0 and variance 1 along an axis.
///
/// ```text
/// y[j] = r·(x[j] − m),  r = 1/√(v + epsilon),  m = (1/n)·Σⱼ x[j],  v = (1/n)·Σⱼ (x[j] − m)²
/// dx[j] = r·(dy[j] − (1/n)·Σ dy − y[j]·(1/n)·Σ dy·y)
/// ```
///
/// # Arguments
/// * `x`: floats `[..]`.
/// * `axis(i)`: along which axis; a negative one counts from the back.
/// * `epsilon`: what is added to the variance, at least 0.
///
/// # Output
/// The shape of `x`.
///
/// # Errors
/// An axis that `x` does not have; an `epsilon` below 0; numbers other than floats.
///
/// Follows `keras.ops.layer_normalization` without `gamma` and `beta`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct standardize {
    axis: isize,
    epsilon: f64,
}

impl standardize {
    /// Along the last axis.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        standardize { axis: -1, epsilon: 1e-3 }
    }

    /// Along this axis; a negative one counts from the back.
    pub const fn axis(self, axis: isize) -> Self {
        standardize { axis, ..self }
    }

    /// What is added to the variance.
    pub const fn epsilon(self, epsilon: f64) -> Self {
        standardize { epsilon, ..self }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        if self.epsilon < 0.0 || self.epsilon.is_nan() {
            return Inferred::Error(Message::argument("epsilon", "is at least 0", self.epsilon));
        }
        along(self.axis, x)
    }
}

op!(standardize, StandardizeAt);

impl Op for standardize {
    const KEEPS: Keeps = Keeps::input(0);

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let ([x], [y]) = (x, y) else { return };
        let (lanes, epsilon) = (Lanes::along(self.axis, x.shape), F::of(self.epsilon));
        let n = F::of(lanes.count() as f64);
        for b in 0..call.rows(x.shape) {
            let (x, y) = (x.row(b), y.row(b));
            if let Some(len) = lanes.row() {
                for (x, y) in x.chunks_exact(len).zip(y.chunks_exact_mut(len)) {
                    let (m, r) = row_moments(x, n, epsilon);
                    y.iter_mut().zip(x).for_each(|(y, x)| *y = (*x - m) * r);
                }
            } else {
                for lane in lanes.iter() {
                    let (m, r) = moments(lane, x, n, epsilon);
                    lane.indices().for_each(|i| y[i] = (x[i] - m) * r);
                }
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
        let ([x], [dy], [dx]) = (x, dy, dx) else { return };
        let (lanes, epsilon) = (Lanes::along(self.axis, x.shape), F::of(self.epsilon));
        let n = F::of(lanes.count() as f64);
        for b in 0..call.rows(x.shape) {
            let (x, dy, dx) = (x.row(b), dy.row(b), dx.row(b));
            if let Some(len) = lanes.row() {
                let rows = x.chunks_exact(len).zip(dy.chunks_exact(len));
                rows.zip(dx.chunks_exact_mut(len)).for_each(|((x, dy), dx)| {
                    row_vjp((x, dy), dx, n, epsilon);
                });
            } else {
                for lane in lanes.iter() {
                    lane_vjp(lane, (x, dy), dx, n, epsilon);
                }
            }
        }
    }
}

/// The mean of neighbours, and `1/√(variance + epsilon)`.
#[inline(always)]
fn row_moments<F: Float>(x: &[F], n: F, epsilon: F) -> (F, F) {
    let m = sum_map([x], |[x]| x) / n;
    (m, rsqrt(sum_map([x], |[x]| (x - m) * (x - m)) / n + epsilon))
}

#[inline(always)]
fn row_vjp<F: Float>((x, dy): (&[F], &[F]), dx: &mut [F], n: F, epsilon: F) {
    let (m, r) = row_moments(x, n, epsilon);
    let mean = sum_map([dy], |[dy]| dy) / n;
    let slope = sum_map([x, dy], |[x, dy]| dy * (x - m)) * r * r / n;
    for ((dx, x), dy) in dx.iter_mut().zip(x).zip(dy) {
        *dx += r * (*dy - mean - (*x - m) * slope);
    }
}

/// The same along another axis.
fn moments<F: Float>(lane: Lane<'_>, x: &[F], n: F, epsilon: F) -> (F, F) {
    let m = lane.indices().map(|i| x[i]).sum::<F>() / n;
    let v = lane.indices().map(|i| (x[i] - m) * (x[i] - m)).sum::<F>() / n;
    (m, rsqrt(v + epsilon))
}

fn lane_vjp<F: Float>(lane: Lane<'_>, (x, dy): (&[F], &[F]), dx: &mut [F], n: F, epsilon: F) {
    let (m, r) = moments(lane, x, n, epsilon);
    let mean = lane.indices().map(|i| dy[i]).sum::<F>() / n;
    let slope = lane.indices().map(|i| dy[i] * (x[i] - m)).sum::<F>() * r * r / n;
    lane.indices().for_each(|i| dx[i] += r * (dy[i] - mean - (x[i] - m) * slope));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, outputs, shape, values};

    #[test]
    fn vjp() {
        for sizes in [[1, 1, 1], [3, 5, 2], [1, 4, 3], [2, 1, 17]] {
            for axis in [0, 1, -1] {
                let op = standardize::new().axis(axis).epsilon(0.1);
                check_op(&op, standardize::infer, &[shape(sizes)]);
            }
        }
    }

    #[test]
    fn forward() {
        let op = standardize::new().epsilon(0.0);
        let y = outputs(&op, standardize::infer, &[(shape([2, 2]), &[1., 3., -2., 8.])]);
        assert_eq!(y, [[-1., 1., -1., 1.]]);
    }

    #[test]
    fn errors() {
        let infer = |op: standardize| op.infer(&values(&[shape([4, 8])]));
        assert_eq!(error(infer(standardize::new().axis(3))), "there is no axis 3 in [4, 8]");
        assert_eq!(
            error(infer(standardize::new().epsilon(-1.0))),
            "`epsilon` is at least 0, found -1"
        );
    }
}
