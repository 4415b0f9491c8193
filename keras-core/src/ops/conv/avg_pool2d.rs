//! `avg_pool2d`.

use super::pool::{Mean, Pool};
use super::windows::Padding;
use crate::backend::Backend;
use crate::float::Float;
use crate::infer::Inference;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::shape::Inferred;
use crate::site::Keeps;

/// `avg_pool2d(x, [2, 2], strides = None, padding = Valid)`: the mean of each window of an image, channel by channel.
///
/// ```text
/// y[oy, ox, c] = Σ x[.., c] / n over the n places of the window that lie in the image        dx[.., c] += dy[oy, ox, c] / n
/// ```
///
/// # Arguments
/// * `x`: floats `[h, w, channels]`.
/// * `[2, 2]`: the size of a window.
/// * `strides`: how far apart windows are; as the size, where it is not given.
/// * `padding`: [`Valid`](Padding::Valid) or [`Same`](Padding::Same), whose places outside of `x` do not count.
///
/// # Output
/// `[oh, ow, channels]`: `⌊(h − size) / stride⌋ + 1` with `Valid`, `⌈h / stride⌉` with `Same`.
///
/// # Errors
/// No axis of channels; a window that does not fit into `x`; a size or a stride of 0; numbers other than floats.
///
/// Follows `keras.ops.average_pool` with `data_format="channels_last"`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct avg_pool2d {
    pool: Pool<2>,
}

impl avg_pool2d {
    /// Of windows of this size, side by side.
    pub const fn new(pool_size: [usize; 2]) -> Self {
        avg_pool2d { pool: Pool::new(pool_size) }
    }

    /// How far apart windows are; `None`: as they are wide.
    pub const fn strides(mut self, strides: Option<[usize; 2]>) -> Self {
        self.pool.strides = strides;
        self
    }

    /// What is around the image.
    pub const fn padding(mut self, padding: Padding) -> Self {
        self.pool.padding = padding;
        self
    }

    /// The shape rule.
    pub const fn infer(&self, inputs: &[Inferred]) -> Inferred {
        self.pool.infer(inputs)
    }

    const fn inference(&self, inputs: &[Inferred]) -> Inference {
        self.pool.inference(inputs, false)
    }

    const fn sizes(&self, inputs: &[Inferred]) -> Mean {
        Mean(self.pool.sizes(inputs))
    }
}

impl Op for avg_pool2d {
    const KEEPS: Keeps = Keeps::NOTHING;

    #[inline(always)]
    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let ([x], [y]) = (x, y) else { return };
        self.pool.fold(call, x, y, -F::zero(), |y, x| y + x, |y, count| y / count);
    }

    fn vjp<F: Float, B: Backend>(
        &self,
        call: &Call,
        _: &[Tensor<'_, F>],
        _: &[Tensor<'_, F>],
        dy: &[Tensor<'_, F>],
        dx: &mut [TensorMut<'_, F>],
    ) {
        let ([dy], [dx]) = (dy, dx) else { return };
        self.pool.spread(call, dy, dx);
    }
}

crate::ops::op!(avg_pool2d, AvgPool2dAt, tiles);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, outputs, shape, values};
    use Padding::Same;

    const TWO: avg_pool2d = avg_pool2d::new([2, 2]);

    #[test]
    fn forward() {
        let x: Vec<f64> = (1..=9).map(f64::from).collect();
        let y = outputs(&TWO.strides(Some([1, 1])), avg_pool2d::infer, &[(shape([3, 3, 1]), &x)]);
        assert_eq!(y, [[3., 4., 6., 7.]]);
        // What lies outside does not count.
        let y = outputs(&TWO.padding(Same), avg_pool2d::infer, &[(shape([3, 3, 1]), &x)]);
        assert_eq!(y, [[3., 4.5, 7.5, 9.]]);
    }

    #[test]
    fn vjp() {
        let check = |op: avg_pool2d, x: [usize; 3]| check_op(&op, avg_pool2d::infer, &[shape(x)]);
        check(avg_pool2d::new([1, 1]), [1, 1, 1]);
        check(TWO, [4, 5, 2]);
        check(TWO.strides(Some([1, 2])), [3, 4, 1]);
        check(avg_pool2d::new([3, 3]).strides(Some([2, 2])).padding(Same), [4, 5, 2]);
    }

    #[test]
    fn errors() {
        let found = error(TWO.infer(&values(&[shape([1, 4, 1])])));
        assert_eq!(
            found,
            "a window of [2, 2] does not fit into [1, 4, 1]; use a smaller one, or `padding(Same)`"
        );
    }
}
