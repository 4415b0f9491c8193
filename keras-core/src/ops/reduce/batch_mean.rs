//! `batch_mean`.

use super::over_batch;
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::shape::Inferred;
use crate::site::Keeps;

/// `batch_mean(x, leading = false)`: the mean over the examples of a batch.
///
/// ```text
/// y = (1/N)·Σₙ xₙ        dxₙ = dy / N
/// ```
///
/// # Arguments
/// * `x`: floats `[..]`, one value for each example.
/// * `leading(true)`: over the leading axes of `x`, too, so that there is one number for each place along the last axis; `N` is then
///   the number of all rows.
///
/// # Output
/// The shape of `x`, or with `leading` that of its last axis, one value for the whole batch.
///
/// # Errors
/// An `x` without a batch axis (a weight, say); numbers other than floats.
///
/// Follows `keras.ops.mean(x, axis=0)`, where the batch is axis 0, or with `leading` over all axes but the last.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug, Default)]
pub struct batch_mean {
    leading: bool,
}

impl batch_mean {
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

op!(batch_mean, BatchMeanAt);

impl Op for batch_mean {
    const KEEPS: Keeps = Keeps::NOTHING;

    fn forward<F: Float, B: Backend>(
        &self,
        _: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let ([x], [y]) = (x, y) else { return };
        let len = y.shape.len().max(1);
        y.data.fill(F::zero());
        for x in x.data.chunks_exact(len) {
            y.data.iter_mut().zip(x).for_each(|(y, x)| *y += *x);
        }
        let scale = F::one() / F::of((x.data.len() / len) as f64);
        y.data.iter_mut().for_each(|y| *y = *y * scale);
    }

    fn vjp<F: Float, B: Backend>(
        &self,
        _: &Call,
        _: &[Tensor<'_, F>],
        _: &[Tensor<'_, F>],
        dy: &[Tensor<'_, F>],
        dx: &mut [TensorMut<'_, F>],
    ) {
        let ([dy], [dx]) = (dy, dx) else { return };
        let len = dy.shape.len().max(1);
        let scale = F::one() / F::of((dx.data.len() / len) as f64);
        for dx in dx.data.chunks_exact_mut(len) {
            dx.iter_mut().zip(dy.data).for_each(|(dx, dy)| *dx += *dy * scale);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{error, shape, values};
    use crate::ops::reduce::{
        mean::mean,
        tests::{leading_axes_are_rows, same_as_first_axis},
    };

    #[test]
    fn it_is_the_mean_over_an_axis() {
        for (batch, len) in [(1, 1), (1, 5), (5, 1), (3, 7), (2, 33)] {
            same_as_first_axis(&batch_mean::new(), &mean::new().axis(0), batch, len);
            leading_axes_are_rows(&batch_mean::new(), &batch_mean::new().leading(true), len);
        }
    }

    #[test]
    fn shapes_and_errors() {
        let y = batch_mean::new().infer(&values(&[shape([3, 2])])).get();
        assert!(y.same_sizes(&shape([3, 2])) && !y.batched());
        assert_eq!(
            error(batch_mean::new().infer(&values(&[shape([3]).with_batch(false)]))),
            "takes a value of each example, found [3] without a batch axis"
        );
        let leading = batch_mean::new().leading(true);
        let y = leading.infer(&values(&[shape([5, 3, 2])])).get();
        assert!(y.same_sizes(&shape([2])) && !y.batched());
        assert!(
            error(leading.infer(&values(&[shape([])]))).starts_with("there is no axis -1 in []")
        );
    }
}
