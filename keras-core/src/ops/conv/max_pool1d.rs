//! `max_pool1d`.

use super::pool::{Largest, Pool};
use super::windows::Padding;
use crate::backend::Backend;
use crate::float::Float;
use crate::infer::Inference;
use crate::ops::reduce::larger;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::shape::Inferred;
use crate::site::Keeps;

/// `max_pool1d(x, 2, strides = None, padding = Valid)`: the largest number of each window of a sequence, channel by channel; NaN where there is one.
///
/// ```text
/// y[o, c] = max x[.., c] over the window        dx[.., c] += dy[o, c] at its first largest number
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
/// Follows `keras.ops.max_pool` with `data_format="channels_last"`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct max_pool1d {
    pool: Pool<1>,
}

impl max_pool1d {
    /// Of windows of this size, side by side.
    pub const fn new(pool_size: usize) -> Self {
        max_pool1d { pool: Pool::new([pool_size]) }
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
        self.pool.inference(inputs, true)
    }

    const fn sizes(&self, inputs: &[Inferred]) -> Largest {
        Largest(self.pool.sizes(inputs))
    }
}

impl Op for max_pool1d {
    const KEEPS: Keeps = Keeps::INPUTS;

    #[inline(always)]
    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let ([x], [y]) = (x, y) else { return };
        self.pool.fold(call, x, y, F::neg_infinity(), larger, |y, _| y);
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
        // What `larger` keeps: the first of equal numbers, and the first that is none.
        let is_better = |b: F, a: F| !(a >= b || a.is_nan());
        self.pool.give(call, (x, dy), dx, is_better);
    }
}

crate::ops::op!(max_pool1d, MaxPool1dAt, tiles);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, shape, values};
    use Padding::Same;

    const TWO: max_pool1d = max_pool1d::new(2);

    #[test]
    fn vjp() {
        check_op(&TWO, max_pool1d::infer, &[shape([5, 3])]);
        check_op(&TWO.strides(Some(1)).padding(Same), max_pool1d::infer, &[shape([4, 2])]);
        check_op(&max_pool1d::new(1), max_pool1d::infer, &[shape([1, 1])]);
    }

    #[test]
    fn errors() {
        let found = |op: max_pool1d, x| error(op.infer(&values(&[x])));
        assert_eq!(
            found(max_pool1d::new(5), shape([4, 1])),
            "a window of 5 does not fit into [4, 1]; use a smaller one, or `padding(Same)`"
        );
        assert_eq!(found(TWO, shape([8])), "takes [steps, channels], found [8]");
    }
}
