//! `depthwise_conv2d`: the convolution of each channel of an image.

use super::depthwise::{self, Layout};
use super::windows::{Padding, Slide};
use crate::backend::Backend;
use crate::float::Float;
use crate::infer::Inference;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::shape::{Inferred, Meaning};
use crate::site::Keeps;

/// `depthwise_conv2d(x, kernel, strides = [1, 1], padding = Valid, dilation_rate = [1, 1])`: a convolution of each channel of an
/// image by itself.
///
/// ```text
/// y[oy, ox, c·m + j] = Σ x[oy·sy + ky·dy − py, ox·sx + kx·dx − px, c] · kernel[ky, kx, c, j]   over ky, kx, in this order
/// dx[.., c] = Σ dy[.., c·m + j] · kernel[.., c, j]        dkernel[.., c, j] = Σ x[.., c] · dy[.., c·m + j]
/// ```
///
/// # Arguments
/// * `x`: floats `[h, w, channels]`.
/// * `kernel`: floats `[kh, kw, channels, m]`: `m` filters for each channel.
/// * The others as those of [`conv2d`](super::conv2d::conv2d).
///
/// # Output
/// `[oh, ow, channels · m]`; `oh` and `ow` as those of [`conv2d`](super::conv2d::conv2d).
///
/// # Errors
/// No axis of channels; a kernel that does not fit into `x` or has another number of channels; a stride or a dilation of 0;
/// numbers other than floats.
///
/// ```text
/// depthwise_conv2d(x, self.kernel, padding = Same) + self.bias
/// ```
///
/// Follows `keras.ops.depthwise_conv` with `data_format="channels_last"`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct depthwise_conv2d {
    slide: Slide<2>,
}

impl depthwise_conv2d {
    /// Of windows side by side, without padding.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        depthwise_conv2d { slide: Slide::ONE }
    }

    /// How far apart windows are, down and across.
    pub const fn strides(mut self, strides: [usize; 2]) -> Self {
        self.slide.strides = strides;
        self
    }

    /// What is around the image.
    pub const fn padding(mut self, padding: Padding) -> Self {
        self.slide.padding = padding;
        self
    }

    /// How far apart the taps of a window are, down and across.
    pub const fn dilation_rate(mut self, dilation_rate: [usize; 2]) -> Self {
        self.slide.dilation_rate = dilation_rate;
        self
    }

    /// The shape rule.
    pub const fn infer(&self, inputs: &[Inferred]) -> Inferred {
        depthwise::infer(&self.slide, inputs)
    }

    const fn inference(&self, inputs: &[Inferred]) -> Inference {
        depthwise::inference::<2>(inputs, &self.infer(inputs))
    }

    const fn sizes(&self, inputs: &[Inferred]) -> Layout {
        depthwise::sizes(&self.slide, inputs)
    }
}

impl Op for depthwise_conv2d {
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

crate::ops::op!(depthwise_conv2d, DepthwiseConv2dAt, tiles);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, outputs, shape, values};
    use Padding::Same;

    const ONE: depthwise_conv2d = depthwise_conv2d::new();

    #[test]
    fn forward() {
        let x = (shape([1, 2, 2]), &[1., 2., 3., 4.][..]);
        let kernel = (shape([1, 1, 2, 2]), &[1., 10., 100., 1000.][..]);
        let y = outputs(&ONE, depthwise_conv2d::infer, &[x, kernel]);
        assert_eq!(y, [[1., 10., 200., 2000., 3., 30., 400., 4000.]]);
    }

    #[test]
    fn vjp() {
        let check = |op, x: [usize; 3], kernel: [usize; 4]| {
            check_op(&op, depthwise_conv2d::infer, &[shape(x), shape(kernel)]);
        };
        check(ONE, [1, 1, 1], [1, 1, 1, 1]);
        check(ONE, [4, 5, 2], [3, 2, 2, 1]);
        check(ONE.padding(Same), [3, 2, 3], [3, 3, 3, 2]);
        check(ONE.padding(Same).strides([2, 2]), [4, 5, 1], [3, 3, 1, 3]);
        check(ONE.dilation_rate([2, 1]).strides([1, 2]), [5, 3, 2], [2, 2, 2, 1]);
    }

    #[test]
    fn shapes() {
        let infer = |x, kernel| ONE.infer(&values(&[shape(x), shape(kernel)]));
        assert!(infer([8, 8, 3], [3, 3, 3, 2]).get().same_sizes(&shape([6, 6, 6])));
        assert_eq!(
            error(infer([8, 8, 3], [3, 3, 2, 1])),
            "the kernel [3, 3, 2, 1] reads 2 channels, found 3 in [8, 8, 3]"
        );
        assert_eq!(
            error(infer([2, 8, 3], [3, 3, 3, 1])),
            "a kernel of [3, 3] does not fit into [2, 8, 3]; use a smaller one, or `padding(Same)`"
        );
        assert_eq!(
            error(ONE.infer(&values(&[shape([8, 8]), shape([3, 3, 1, 1])]))),
            "takes [h, w, channels] and a kernel [kh, kw, channels, multiplier], found [8, 8] and [3, 3, 1, 1]"
        );
    }
}
