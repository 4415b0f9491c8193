//! `avg_pool1d`.

use super::pool::{Mean, Pool};
use super::windows::Padding;
use crate::backend::Backend;
use crate::float::Float;
use crate::infer::Inference;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::shape::Inferred;
use crate::site::Keeps;

/// `avg_pool1d(x, 2, strides = None, padding = Valid)`: the mean of each window of a sequence, channel by channel.
///
/// ```text
/// y[o, c] = Σ x[.., c] / n over the n places of the window that lie in the sequence        dx[.., c] += dy[o, c] / n
/// ```
///
/// # Arguments
/// * `x`: floats `[steps, channels]`.
/// * `2`: the size of a window.
/// * `strides`: how far apart windows are; as the size, where it is not given.
/// * `padding`: [`Valid`](Padding::Valid) or [`Same`](Padding::Same), whose places outside of `x` do not count.
///
/// # Output
/// `[count, channels]`: `⌊(steps − size) / stride⌋ + 1` with `Valid`, `⌈steps / stride⌉` with `Same`.
///
/// # Errors
/// No axis of channels; a window that does not fit into `x`; a size or a stride of 0; numbers other than floats.
///
/// Follows `keras.ops.average_pool` with `data_format="channels_last"`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct avg_pool1d {
    pool: Pool<1>,
}

impl avg_pool1d {
    /// Of windows of this size, side by side.
    pub const fn new(pool_size: usize) -> Self {
        avg_pool1d { pool: Pool::new([pool_size]) }
    }

    /// How far apart windows are; `None`: as they are wide.
    pub const fn strides(mut self, strides: Option<usize>) -> Self {
        self.pool.strides = match strides {
            Some(strides) => Some([strides]),
            None => None,
        };
        self
    }

    /// What is around the sequence.
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

impl Op for avg_pool1d {
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

crate::ops::op!(avg_pool1d, AvgPool1dAt, tiles);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, shape};
    use Padding::Same;

    const TWO: avg_pool1d = avg_pool1d::new(2);

    #[test]
    fn vjp() {
        check_op(&TWO, avg_pool1d::infer, &[shape([5, 3])]);
        let same = avg_pool1d::new(3).strides(Some(2)).padding(Same);
        check_op(&same, avg_pool1d::infer, &[shape([8, 2])]);
        check_op(&avg_pool1d::new(1), avg_pool1d::infer, &[shape([1, 1])]);
    }
}
