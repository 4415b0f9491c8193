//! `batch_mean`.

use super::over_batch;
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::shape::Inferred;
use crate::site::Keeps;

/// `batch_mean(x)`: the mean over the examples of a batch.
///
/// ```text
/// y = (1/N)·Σₙ xₙ        dxₙ = dy / N
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
/// Follows `keras.ops.mean(x, axis=0)`, where the batch is axis 0.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug, Default)]
pub struct batch_mean {}

impl batch_mean {
    /// No constants.
    pub const fn new() -> Self {
        Self {}
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        over_batch(x)
    }
}

op!(batch_mean, BatchMeanAt);

impl Op for batch_mean {
    const KEEPS: Keeps = Keeps::NOTHING;

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let y = &mut *y[0].data;
        y.fill(F::zero());
        for b in 0..call.batch {
            y.iter_mut().zip(x[0].row(b)).for_each(|(y, x)| *y += *x);
        }
        let scale = F::one() / F::of(call.batch as f64);
        y.iter_mut().for_each(|y| *y = *y * scale);
    }

    fn vjp<F: Float, B: Backend>(
        &self,
        call: &Call,
        _: &[Tensor<'_, F>],
        _: &[Tensor<'_, F>],
        dy: &[Tensor<'_, F>],
        dx: &mut [TensorMut<'_, F>],
    ) {
        let scale = F::one() / F::of(call.batch as f64);
        for b in 0..call.batch {
            dx[0].row(b).iter_mut().zip(dy[0].data).for_each(|(dx, dy)| *dx += *dy * scale);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{error, shape, values};
    use crate::ops::reduce::{mean::mean, tests::same_as_first_axis};

    #[test]
    fn it_is_the_mean_over_an_axis() {
        for (batch, len) in [(1, 1), (1, 5), (5, 1), (3, 7), (2, 33)] {
            same_as_first_axis(&batch_mean {}, &mean::new().axis(0), batch, len);
        }
    }

    #[test]
    fn shapes_and_errors() {
        let y = batch_mean {}.infer(&values(&[shape([3, 2])])).get();
        assert!(y.same_sizes(&shape([3, 2])) && !y.batched());
        assert_eq!(
            error(batch_mean {}.infer(&values(&[shape([3]).with_batch(false)]))),
            "takes a value of each example, found [3] without a batch axis"
        );
    }
}
