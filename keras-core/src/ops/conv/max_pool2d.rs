//! `max_pool2d`.

use super::pool::{Largest, Pool};
use super::windows::Padding;
use crate::backend::Backend;
use crate::float::Float;
use crate::infer::Inference;
use crate::ops::reduce::larger;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::shape::Inferred;
use crate::site::Keeps;

/// `max_pool2d(x, [2, 2], strides = None, padding = Valid)`: the largest number of each window of an image, channel by channel; NaN where there is one.
///
/// ```text
/// y[oy, ox, c] = max x[.., c] over the window        dx[.., c] += dy[oy, ox, c] at its first largest number
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
/// Follows `keras.ops.max_pool` with `data_format="channels_last"`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct max_pool2d {
    pool: Pool<2>,
}

impl max_pool2d {
    /// Of windows of this size, side by side.
    pub const fn new(pool_size: [usize; 2]) -> Self {
        max_pool2d { pool: Pool::new(pool_size) }
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
        self.pool.inference(inputs, true)
    }

    const fn sizes(&self, inputs: &[Inferred]) -> Largest {
        Largest(self.pool.sizes(inputs))
    }
}

impl Op for max_pool2d {
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

crate::ops::op!(max_pool2d, MaxPool2dAt, tiles);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, outputs, shape, values};
    use Padding::Same;

    const TWO: max_pool2d = max_pool2d::new([2, 2]);

    #[test]
    fn forward() {
        let x: Vec<f64> = (1..=9).map(f64::from).collect();
        let y = outputs(&TWO.strides(Some([1, 1])), max_pool2d::infer, &[(shape([3, 3, 1]), &x)]);
        assert_eq!(y, [[5., 6., 8., 9.]]);
        let y = outputs(&TWO.padding(Same), max_pool2d::infer, &[(shape([3, 3, 1]), &x)]);
        assert_eq!(y, [[5., 6., 8., 9.]]);
        let nan = [1., f64::NAN, 3., 4.];
        assert!(outputs(&TWO, max_pool2d::infer, &[(shape([2, 2, 1]), &nan)])[0][0].is_nan());
    }

    #[test]
    fn the_first_of_equal_numbers_takes_all() {
        let (x, y) = (shape([2, 2, 1]), shape([1, 1, 1]));
        let call = Call { batch: 1, first: 0, key: 0 };
        let given = |data: [f64; 4]| {
            let mut out = [0.0; 4];
            let dx = TensorMut { data: &mut out, shape: &x, add: true };
            let inputs = [Tensor { data: &data, shape: &x }];
            let dy = [Tensor { data: &[5.0], shape: &y }];
            TWO.vjp::<f64, crate::backend::Reference>(&call, &inputs, &[], &dy, &mut [dx]);
            out
        };
        assert_eq!(given([1., 3., 3., 2.]), [0., 5., 0., 0.]);
        assert_eq!(given([1., 3., f64::NAN, 7.]), [0., 0., 5., 0.]);
    }

    #[test]
    fn vjp() {
        let check = |op: max_pool2d, x: [usize; 3]| check_op(&op, max_pool2d::infer, &[shape(x)]);
        check(max_pool2d::new([1, 1]), [1, 1, 1]);
        check(TWO, [4, 5, 2]);
        check(TWO.strides(Some([1, 2])), [3, 4, 1]);
        check(max_pool2d::new([3, 3]).strides(Some([2, 2])).padding(Same), [4, 5, 2]);
        check(max_pool2d::new([1, 3]).padding(Same), [2, 2, 3]);
    }

    #[test]
    fn errors() {
        let found = |op: max_pool2d, x| error(op.infer(&values(&[x])));
        assert_eq!(
            found(max_pool2d::new([5, 5]), shape([4, 4, 1])),
            "a window of [5, 5] does not fit into [4, 4, 1]; use a smaller one, or `padding(Same)`"
        );
        assert_eq!(found(TWO, shape([8, 8])), "takes [h, w, channels], found [8, 8]");
        assert_eq!(
            found(max_pool2d::new([0, 2]), shape([4, 4, 1])),
            "a window has at least 1 place, found [0, 2]"
        );
        assert_eq!(
            found(TWO.strides(Some([2, 0])), shape([4, 4, 1])),
            "`strides` are at least 1, found [2, 0]"
        );
    }
}
