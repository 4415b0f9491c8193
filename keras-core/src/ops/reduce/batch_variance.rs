//! `batch_variance`.

use super::over_batch;
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::shape::Inferred;
use crate::site::Keeps;

/// `batch_variance(x)`: the variance over the examples of a batch, divided by `N` (not `N − 1`).
///
/// ```text
/// y = (1/N)·Σₙ (xₙ − m)²,  m = (1/N)·Σₙ xₙ        dxₙ = dy · (2/N)·(xₙ − m)
/// ```
///
/// # Arguments
/// * `x`: floats `[..]`, one value for each example.
///
/// # Output
/// `[..]`, one value for the whole batch.
///
/// # Errors
/// An `x` without a batch axis (a weight, say); numbers other than floats.
///
/// Follows `keras.ops.var(x, axis=0)`, where the batch is axis 0.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug, Default)]
pub struct batch_variance {}

impl batch_variance {
    /// No constants.
    pub const fn new() -> Self {
        Self {}
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        over_batch(x)
    }
}

op!(batch_variance, BatchVarianceAt);

/// How many columns are worked on at a time: their means are on the stack, and a row of them is a few vectors.
const COLUMNS: usize = 16;

impl Op for batch_variance {
    const KEEPS: Keeps = Keeps::input(0);

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        for (block, y) in y[0].data.chunks_mut(COLUMNS).enumerate() {
            let mean = means(call, &x[0], block);
            y.fill(F::zero());
            for b in 0..call.batch {
                for ((y, x), mean) in y.iter_mut().zip(columns(&x[0], b, block)).zip(mean) {
                    *y += (*x - mean) * (*x - mean);
                }
            }
            y.iter_mut().for_each(|y| *y = *y / F::of(call.batch as f64));
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
        let scale = F::of(2.0) / F::of(call.batch as f64);
        for (block, dy) in dy[0].data.chunks(COLUMNS).enumerate() {
            let mean = means(call, &x[0], block);
            for b in 0..call.batch {
                let dx = dx[0].row(b).iter_mut().skip(block * COLUMNS);
                for (((dx, x), mean), dy) in dx.zip(columns(&x[0], b, block)).zip(mean).zip(dy) {
                    *dx += *dy * scale * (*x - mean);
                }
            }
        }
    }
}

/// The columns of block `block` of example `b`.
#[inline(always)]
fn columns<'a, F>(x: &Tensor<'a, F>, b: usize, block: usize) -> &'a [F] {
    x.row(b).chunks(COLUMNS).nth(block).unwrap_or_default()
}

/// The means of the columns of block `block`.
#[inline(always)]
fn means<F: Float>(call: &Call, x: &Tensor<'_, F>, block: usize) -> [F; COLUMNS] {
    let mut sum = [F::zero(); COLUMNS];
    for b in 0..call.batch {
        sum.iter_mut().zip(columns(x, b, block)).for_each(|(sum, x)| *sum += *x);
    }
    sum.map(|sum| sum / F::of(call.batch as f64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{error, ints, values};
    use crate::ops::reduce::{tests::same_as_first_axis, variance::variance};

    #[test]
    fn it_is_the_variance_over_an_axis() {
        for (batch, len) in [(1, 1), (1, 5), (5, 1), (3, 7), (2, 33)] {
            same_as_first_axis(&batch_variance {}, &variance::new().axis(0), batch, len);
        }
    }

    #[test]
    fn errors() {
        assert_eq!(
            error(batch_variance {}.infer(&values(&[ints([3], 10)]))),
            "`x` takes floats, found integers [3]; use `one_hot` or `cast`"
        );
    }
}
