//! `depthwise_conv1d`: the convolution of each channel of a sequence.

use super::depthwise::{self, Layout};
use super::windows::{Padding, Slide};
use crate::backend::Backend;
use crate::float::Float;
use crate::infer::Inference;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::shape::{Inferred, Meaning};
use crate::site::Keeps;

/// `depthwise_conv1d(x, kernel, strides = 1, padding = Valid, dilation_rate = 1)`: a convolution of each channel of a sequence by
/// itself.
///
/// ```text
/// y[o, c·m + j] = Σ x[o·stride + k·dilation − p, c] · kernel[k, c, j]   over k, in this order
/// dx[.., c] = Σ dy[.., c·m + j] · kernel[.., c, j]        dkernel[.., c, j] = Σ x[.., c] · dy[.., c·m + j]
/// ```
///
/// # Arguments
/// * `x`: floats `[steps, channels]`.
/// * `kernel`: floats `[taps, channels, m]`: `m` filters for each channel.
/// * The others as those of [`conv1d`](super::conv1d::conv1d).
///
/// # Output
/// `[count, channels · m]`.
///
/// # Errors
/// As [`depthwise_conv2d`](super::depthwise_conv2d::depthwise_conv2d).
///
/// Follows `keras.ops.depthwise_conv` with `data_format="channels_last"`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct depthwise_conv1d {
    slide: Slide<1>,
}

impl depthwise_conv1d {
    /// Of windows side by side, without padding.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        depthwise_conv1d { slide: Slide::ONE }
    }

    /// How far apart windows are.
    pub const fn strides(mut self, strides: usize) -> Self {
        self.slide.strides = [strides];
        self
    }

    /// What is around the sequence.
    pub const fn padding(mut self, padding: Padding) -> Self {
        self.slide.padding = padding;
        self
    }

    /// How far apart the taps of a window are.
    pub const fn dilation_rate(mut self, dilation_rate: usize) -> Self {
        self.slide.dilation_rate = [dilation_rate];
        self
    }

    /// The shape rule.
    pub const fn infer(&self, inputs: &[Inferred]) -> Inferred {
        depthwise::infer(&self.slide, inputs)
    }

    const fn inference(&self, inputs: &[Inferred]) -> Inference {
        depthwise::inference::<1>(inputs, &self.infer(inputs))
    }

    const fn sizes(&self, inputs: &[Inferred]) -> Layout {
        depthwise::sizes(&self.slide, inputs)
    }
}

impl Op for depthwise_conv1d {
    const KEEPS: Keeps = Keeps::INPUTS;
    const MEANING: Option<Meaning> = Some(Meaning::Affine);

    #[inline(always)]
    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let ([x, kernel], [y]) = (x, y) else { return };
        depthwise::forward(&self.slide, call, (x, kernel), y);
    }

    fn vjp<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        _: &[Tensor<'_, F>],
        dy: &[Tensor<'_, F>],
        dx: &mut [TensorMut<'_, F>],
    ) {
        let ([x, kernel], [dy], [dx, dkernel]) = (x, dy, dx) else { return };
        depthwise::vjp_x(&self.slide, call, (kernel, dy), dx);
        depthwise::vjp_kernel(&self.slide, call, (x, dy), dkernel);
    }
}

crate::ops::op!(depthwise_conv1d, DepthwiseConv1dAt, tiles);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, outputs, shape};
    use crate::ops::conv::depthwise_conv2d::depthwise_conv2d;
    use Padding::{Causal, Same};

    const ONE: depthwise_conv1d = depthwise_conv1d::new();

    #[test]
    fn vjp() {
        let check = |op, x: [usize; 2], kernel: [usize; 3]| {
            check_op(&op, depthwise_conv1d::infer, &[shape(x), shape(kernel)]);
        };
        check(ONE, [1, 1], [1, 1, 1]);
        check(ONE.padding(Same), [5, 3], [4, 3, 2]);
        check(ONE.padding(Causal).dilation_rate(2), [5, 2], [2, 2, 1]);
        check(ONE.strides(2), [5, 2], [3, 2, 1]);
    }

    #[test]
    fn it_is_that_of_an_image_of_one_row() {
        let (x, kernel) = ([1., 2., 3., 4., 5., 6.], [1., 2., 3., 4.]);
        let found = outputs(
            &ONE.padding(Same),
            depthwise_conv1d::infer,
            &[(shape([3, 2]), &x), (shape([2, 2, 1]), &kernel)],
        );
        let expected = outputs(
            &depthwise_conv2d::new().padding(Same),
            depthwise_conv2d::infer,
            &[(shape([1, 3, 2]), &x), (shape([1, 2, 2, 1]), &kernel)],
        );
        assert_eq!(found, expected);
    }
}
