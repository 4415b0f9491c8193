//! `batch_variance`.

use super::over_batch;
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::shape::Inferred;
use crate::site::Keeps;

/// `batch_variance(x, leading = false)`: the variance over the examples of a batch, divided by `N` (not `N − 1`).
///
/// ```text
/// y = (1/N)·Σₙ (xₙ − m)²,  m = (1/N)·Σₙ xₙ        dxₙ = dy · (2/N)·(xₙ − m)
/// ```
///
/// # Arguments
/// * `x`: floats `[..]`, one value for each example.
/// * `leading(true)`: over the leading axes of `x`, too, as for [`batch_mean`](super::batch_mean::batch_mean).
///
/// # Output
/// The shape of `x`, or with `leading` that of its last axis, one value for the whole batch.
///
/// # Errors
/// An `x` without a batch axis (a weight, say); numbers other than floats.
///
/// Follows `keras.ops.var(x, axis=0)`, where the batch is axis 0, or with `leading` over all axes but the last.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug, Default)]
pub struct batch_variance {
    leading: bool,
}

impl batch_variance {
    /// Over the examples.
    pub const fn new() -> Self {
        Self { leading: false }
    }

    /// Whether the leading axes are taken with the batch.
    pub const fn leading(self, leading: bool) -> Self {
        Self { leading }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        over_batch(self.leading, x)
    }
}

op!(batch_variance, BatchVarianceAt);

/// How many columns are worked on at a time: their means are on the stack, and a row of them is a few vectors.
const COLUMNS: usize = 16;

impl Op for batch_variance {
    const KEEPS: Keeps = Keeps::input(0);

    fn forward<F: Float, B: Backend>(
        &self,
        _: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let ([x], [y]) = (x, y) else { return };
        let len = y.shape.len().max(1);
        for (block, y) in y.data.chunks_mut(COLUMNS).enumerate() {
            let (mean, count) = means(x.data, len, block);
            y.fill(F::zero());
            for x in x.data.chunks_exact(len) {
                for ((y, x), mean) in y.iter_mut().zip(columns(x, block)).zip(mean) {
                    *y += (*x - mean) * (*x - mean);
                }
            }
            y.iter_mut().for_each(|y| *y = *y / count);
        }
    }

    fn vjp<F: Float, B: Backend>(
        &self,
        _: &Call,
        x: &[Tensor<'_, F>],
        _: &[Tensor<'_, F>],
        dy: &[Tensor<'_, F>],
        dx: &mut [TensorMut<'_, F>],
    ) {
        let ([x], [dy], [dx]) = (x, dy, dx) else { return };
        let len = dy.shape.len().max(1);
        for (block, dy) in dy.data.chunks(COLUMNS).enumerate() {
            let (mean, count) = means(x.data, len, block);
            let scale = F::of(2.0) / count;
            for (x, dx) in x.data.chunks_exact(len).zip(dx.data.chunks_exact_mut(len)) {
                let dx = dx.iter_mut().skip(block * COLUMNS);
                for (((dx, x), mean), dy) in dx.zip(columns(x, block)).zip(mean).zip(dy) {
                    *dx += *dy * scale * (*x - mean);
                }
            }
        }
    }
}

/// The columns of block `block` of a row.
#[inline(always)]
fn columns<F>(row: &[F], block: usize) -> &[F] {
    row.chunks(COLUMNS).nth(block).unwrap_or_default()
}

/// The means of the columns of block `block` over rows of `len`, and how many rows there are.
#[inline(always)]
fn means<F: Float>(x: &[F], len: usize, block: usize) -> ([F; COLUMNS], F) {
    let (mut sum, count) = ([F::zero(); COLUMNS], F::of((x.len() / len) as f64));
    for row in x.chunks_exact(len) {
        sum.iter_mut().zip(columns(row, block)).for_each(|(sum, x)| *sum += *x);
    }
    (sum.map(|sum| sum / count), count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{error, ints, values};
    use crate::ops::reduce::{
        tests::{leading_axes_are_rows, same_as_first_axis},
        variance::variance,
    };

    #[test]
    fn it_is_the_variance_over_an_axis() {
        for (batch, len) in [(1, 1), (1, 5), (5, 1), (3, 7), (2, 33)] {
            same_as_first_axis(&batch_variance::new(), &variance::new().axis(0), batch, len);
            let leading = batch_variance::new().leading(true);
            leading_axes_are_rows(&batch_variance::new(), &leading, len);
        }
    }

    #[test]
    fn errors() {
        assert_eq!(
            error(batch_variance::new().infer(&values(&[ints([3], 10)]))),
            "`x` takes floats, found integers [3]; use `one_hot` or `cast`"
        );
    }
}
