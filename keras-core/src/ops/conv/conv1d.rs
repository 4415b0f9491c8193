//! `conv1d`: the convolution of a sequence.

use super::convolution::{Convolution, Layout};
use super::windows::Padding;
use crate::backend::Backend;
use crate::float::Float;
use crate::infer::Inference;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::shape::{Inferred, Meaning};
use crate::site::Keeps;

/// `conv1d(x, kernel, strides = 1, padding = Valid, dilation_rate = 1, groups = 1)`: the products of a kernel with every window of
/// a sequence.
///
/// ```text
/// y[o, f] = Σ x[o·stride + k·dilation − p, c] · kernel[k, c, f]   over k, c, in this order
/// dx[.., c] = Σ dy[o, f] · kernel[k, c, f]        dkernel[k, c, f] = Σ x[.., c] · dy[o, f]
/// ```
///
/// # Arguments
/// * `x`: floats `[steps, channels]`.
/// * `kernel`: floats `[taps, channels / groups, filters]`.
/// * The others as those of [`conv2d`](super::conv2d::conv2d), for one axis; `padding` may be [`Causal`](Padding::Causal), too:
///   a step of the output depends on no later one.
///
/// # Output
/// `[count, filters]`.
///
/// # Errors
/// As [`conv2d`](super::conv2d::conv2d).
///
/// ```text
/// conv1d(x, self.kernel, dilation_rate = 2, padding = Causal) + self.bias
/// ```
///
/// Follows `keras.ops.conv` with `data_format="channels_last"`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct conv1d {
    convolution: Convolution<1>,
}

impl conv1d {
    /// Of windows side by side, without padding.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        conv1d { convolution: Convolution::ONE }
    }

    /// How far apart windows are.
    pub const fn strides(mut self, strides: usize) -> Self {
        self.convolution.slide.strides = [strides];
        self
    }

    /// What is around the sequence.
    pub const fn padding(mut self, padding: Padding) -> Self {
        self.convolution.slide.padding = padding;
        self
    }

    /// How far apart the taps of a window are.
    pub const fn dilation_rate(mut self, dilation_rate: usize) -> Self {
        self.convolution.slide.dilation_rate = [dilation_rate];
        self
    }

    /// Into how many groups channels and filters are split.
    pub const fn groups(mut self, groups: usize) -> Self {
        self.convolution.groups = groups;
        self
    }

    /// The shape rule.
    pub const fn infer(&self, inputs: &[Inferred]) -> Inferred {
        self.convolution.infer(inputs)
    }

    const fn inference(&self, inputs: &[Inferred]) -> Inference {
        self.convolution.inference(inputs, &self.infer(inputs))
    }

    const fn sizes(&self, inputs: &[Inferred]) -> Layout {
        self.convolution.sizes(inputs)
    }
}

impl Op for conv1d {
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
        self.convolution.forward::<F, B>(call, (x, kernel), y);
    }

    #[inline(always)]
    fn vjp<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        _: &[Tensor<'_, F>],
        dy: &[Tensor<'_, F>],
        dx: &mut [TensorMut<'_, F>],
    ) {
        let ([x, kernel], [dy], [dx, dkernel]) = (x, dy, dx) else { return };
        self.convolution.vjp_x::<F, B>(call, (kernel, dy), dx);
        self.convolution.vjp_kernel::<F, B>(call, (x, dy), dkernel);
    }
}

crate::ops::op!(conv1d, Conv1dAt, tiles);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, outputs, shape, values};
    use Padding::{Causal, Same};

    const ONE: conv1d = conv1d::new();

    #[test]
    fn forward() {
        let inputs = [(shape([4, 1]), &[1., 2., 3., 4.][..]), (shape([2, 1, 1]), &[1., 10.][..])];
        assert_eq!(outputs(&ONE, conv1d::infer, &inputs), [[21., 32., 43.]]);
        let causal = ONE.padding(Causal);
        assert_eq!(outputs(&causal, conv1d::infer, &inputs), [[10., 21., 32., 43.]]);
        assert_eq!(
            outputs(&causal.dilation_rate(2), conv1d::infer, &inputs),
            [[10., 20., 31., 42.]]
        );
    }

    #[test]
    fn vjp() {
        let check = |op, x: [usize; 2], kernel: [usize; 3]| {
            check_op(&op, conv1d::infer, &[shape(x), shape(kernel)]);
        };
        check(ONE, [1, 1], [1, 1, 1]);
        check(ONE, [5, 2], [3, 2, 3]);
        check(ONE.padding(Same).strides(2), [7, 2], [4, 2, 2]);
        check(ONE.padding(Causal).dilation_rate(2), [5, 1], [3, 1, 2]);
        check(ONE.padding(Causal).strides(3), [7, 2], [2, 2, 1]);
        check(ONE.groups(2), [4, 4], [2, 2, 2]);
    }

    #[test]
    fn errors() {
        let found = |op: conv1d, x, kernel| error(op.infer(&values(&[x, kernel])));
        assert_eq!(
            found(ONE, shape([4, 1]), shape([5, 1, 2])),
            "a kernel of 5 does not fit into [4, 1]; use a smaller one, or `padding(Same)`"
        );
        assert_eq!(
            found(ONE, shape([4]), shape([3, 1, 2])),
            "takes [steps, channels] and a kernel [taps, channels, filters], found [4] and [3, 1, 2]"
        );
        assert_eq!(
            found(ONE.strides(0), shape([4, 1]), shape([3, 1, 2])),
            "`strides` are at least 1, found 0"
        );
    }
}
