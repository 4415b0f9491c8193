//! `conv2d`: the convolution of an image.

use super::convolution::{Convolution, Layout};
use super::windows::Padding;
use crate::backend::Backend;
use crate::float::Float;
use crate::infer::Inference;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::shape::{Inferred, Meaning};
use crate::site::Keeps;

/// `conv2d(x, kernel, strides = [1, 1], padding = Valid, dilation_rate = [1, 1], groups = 1)`: the products of a kernel with
/// every window of an image.
///
/// ```text
/// y[oy, ox, f] = Σ x[oy·sy + ky·dy − py, ox·sx + kx·dx − px, c] · kernel[ky, kx, c, f]   over ky, kx, c, in this order
/// dx[.., c] = Σ dy[oy, ox, f] · kernel[ky, kx, c, f]        dkernel[ky, kx, c, f] = Σ x[.., c] · dy[oy, ox, f]
/// ```
///
/// What lies outside of `x` is left out of the sums.
///
/// # Arguments
/// * `x`: floats `[h, w, channels]`.
/// * `kernel`: floats `[kh, kw, channels / groups, filters]`.
/// * `strides`: how far apart windows are. `dilation_rate`: how far apart the taps of a window are.
/// * `padding`: [`Valid`](Padding::Valid) or [`Same`](Padding::Same), which with strides pads more at the end.
/// * `groups`: the channels and the filters are split into so many groups; a filter reads the channels of its group.
///
/// # Output
/// `[oh, ow, filters]`: `⌊(h − span) / stride⌋ + 1` with `Valid`, where `span = (kh − 1) · dilation + 1`; `⌈h / stride⌉` with `Same`.
///
/// # Errors
/// No axis of channels; a kernel that does not fit into `x` or reads another number of channels; channels or filters that do
/// not divide into groups; a stride, a dilation or `groups` of 0; numbers other than floats.
///
/// ```text
/// conv2d(x, self.kernel, strides = [2, 2], padding = Same) + self.bias
/// ```
///
/// Follows `keras.ops.conv` with `data_format="channels_last"`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct conv2d {
    convolution: Convolution<2>,
}

impl conv2d {
    /// Of windows side by side, without padding.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        conv2d { convolution: Convolution::ONE }
    }

    /// How far apart windows are, down and across.
    pub const fn strides(mut self, strides: [usize; 2]) -> Self {
        self.convolution.slide.strides = strides;
        self
    }

    /// What is around the image.
    pub const fn padding(mut self, padding: Padding) -> Self {
        self.convolution.slide.padding = padding;
        self
    }

    /// How far apart the taps of a window are, down and across.
    pub const fn dilation_rate(mut self, dilation_rate: [usize; 2]) -> Self {
        self.convolution.slide.dilation_rate = dilation_rate;
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

impl Op for conv2d {
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

crate::ops::op!(conv2d, Conv2dAt, tiles);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, ints, outputs, shape, values};
    use Padding::{Causal, Same, Valid};

    const ONE: conv2d = conv2d::new();

    #[test]
    fn forward() {
        let x: Vec<f64> = (1..=9).map(f64::from).collect();
        let image = (shape([3, 3, 1]), &x[..]);
        let corner = (shape([2, 2, 1, 1]), &[1., 0., 0., 10.][..]);
        let y = outputs(&ONE, conv2d::infer, &[image, corner]);
        assert_eq!(y, [[51., 62., 84., 95.]]);
        let y = outputs(&ONE.padding(Same), conv2d::infer, &[image, corner]);
        assert_eq!(y, [[51., 62., 3., 84., 95., 6., 7., 8., 9.]]);
    }

    /// A window that lies outside with all of its taps gives the sum of nothing: −0.
    #[test]
    fn an_empty_sum_changes_no_sum() {
        let op = ONE.padding(Same).dilation_rate([1, 3]);
        let inputs = [(shape([1, 2, 1]), &[1., 2.][..]), (shape([1, 2, 1, 1]), &[1., 1.][..])];
        let y = outputs(&op, conv2d::infer, &inputs);
        assert_eq!(y[0].iter().map(|y| y.to_bits()).collect::<Vec<_>>()[0], (-0.0f64).to_bits());
    }

    /// Each sum begins at −0 and takes the taps and channels in their order, without those that lie outside: these bits, whatever
    /// products it is made of.
    #[test]
    fn sums_are_in_order() {
        for op in [ONE, ONE.padding(Same), ONE.padding(Same).dilation_rate([1, 2]), ONE.groups(2)] {
            let Convolution { slide, groups } = op.convolution;
            let ([h, w, c], [kh, kw, f]) = ([5usize, 6, 4], [3usize, 3, 6]);
            let number = |i: u64| crate::random::uniform::<f64>(9, i) - 0.5;
            let x: Vec<f64> = (0..(h * w * c) as u64).map(number).collect();
            let kernel = [kh, kw, c / groups, f];
            let k: Vec<f64> =
                (0..kernel.iter().product::<usize>() as u64).map(|i| number(i + 500)).collect();
            let found = outputs(&op, conv2d::infer, &[(shape([h, w, c]), &x), (shape(kernel), &k)]);
            let axes = slide.over("", &shape([h, w, c]), [kh, kw]).unwrap();
            let [rows, columns] = axes;
            let mut found = found[0].iter();
            for (oy, ox) in (0..rows.count).flat_map(|y| (0..columns.count).map(move |x| (y, x))) {
                for filter in 0..f {
                    let (mut sum, group) = (-0.0, filter / (f / groups));
                    for (ky, kx) in
                        rows.taps_of(oy).flat_map(|y| columns.taps_of(ox).map(move |x| (y, x)))
                    {
                        let place = rows.place(oy, ky) * w + columns.place(ox, kx);
                        for channel in 0..c / groups {
                            sum += x[place * c + group * (c / groups) + channel]
                                * k[((ky * kw + kx) * (c / groups) + channel) * f + filter];
                        }
                    }
                    assert_eq!(found.next().map(|y| y.to_bits()), Some(sum.to_bits()), "{op:?}");
                }
            }
        }
    }

    #[test]
    fn vjp() {
        let check = |op, x: [usize; 3], kernel: [usize; 4]| {
            check_op(&op, conv2d::infer, &[shape(x), shape(kernel)]);
        };
        check(ONE, [1, 1, 1], [1, 1, 1, 1]);
        check(ONE, [4, 5, 2], [3, 2, 2, 3]);
        check(ONE.padding(Same), [3, 4, 2], [3, 3, 2, 2]);
        check(ONE.padding(Same).strides([2, 2]), [4, 5, 1], [3, 3, 1, 2]);
        check(ONE.strides([2, 1]), [5, 3, 2], [3, 2, 2, 1]);
        check(ONE.strides([3, 3]).padding(Same), [5, 4, 1], [1, 2, 1, 3]);
        check(ONE.dilation_rate([2, 2]), [5, 6, 2], [3, 2, 2, 2]);
        check(ONE.dilation_rate([1, 3]).padding(Same), [2, 3, 1], [2, 3, 1, 2]);
        check(ONE.dilation_rate([2, 1]).strides([1, 2]).padding(Same), [3, 4, 1], [2, 3, 1, 1]);
        check(ONE.groups(2).padding(Same), [2, 3, 4], [2, 2, 2, 4]);
        check(ONE.groups(3), [2, 2, 3], [2, 1, 1, 6]);
    }

    #[test]
    fn shapes() {
        let infer = |op: conv2d, x, kernel| op.infer(&values(&[shape(x), shape(kernel)]));
        let y = infer(ONE.strides([2, 1]), [8, 8, 2], [3, 2, 2, 3]);
        assert!(y.get().same_sizes(&shape([3, 7, 3])));
        let y = infer(ONE.strides([2, 2]).padding(Same), [8, 9, 2], [3, 3, 2, 3]);
        assert!(y.get().same_sizes(&shape([4, 5, 3])));
    }

    #[test]
    fn errors() {
        let found = |op: conv2d, x: [usize; 3], kernel: [usize; 4]| {
            error(op.infer(&values(&[shape(x), shape(kernel)])))
        };
        assert_eq!(
            found(ONE, [4, 4, 1], [5, 5, 1, 2]),
            "a kernel of [5, 5] does not fit into [4, 4, 1]; use a smaller one, or `padding(Same)`"
        );
        assert_eq!(
            found(ONE.dilation_rate([2, 2]).padding(Valid), [4, 4, 1], [3, 3, 1, 2]),
            "a kernel of [3, 3] that spans [5, 5] does not fit into [4, 4, 1]; use a smaller one, or `padding(Same)`"
        );
        assert_eq!(
            found(ONE, [4, 4, 3], [3, 3, 2, 4]),
            "the kernel [3, 3, 2, 4] reads 2 channels, found 3 in [4, 4, 3]"
        );
        assert_eq!(
            found(ONE.groups(2), [4, 4, 3], [3, 3, 2, 4]),
            "the channels of [4, 4, 3] and the filters of [3, 3, 2, 4] must be multiples of `groups` = 2; choose a number that divides both"
        );
        assert_eq!(
            found(ONE.groups(2), [4, 4, 4], [3, 3, 4, 4]),
            "the kernel [3, 3, 4, 4] reads 4 channels, found 2 a group of [4, 4, 4]"
        );
        assert_eq!(
            found(ONE.strides([0, 1]), [4, 4, 1], [3, 3, 1, 1]),
            "`strides` are at least 1, found [0, 1]"
        );
        assert_eq!(
            found(ONE.dilation_rate([1, 0]), [4, 4, 1], [3, 3, 1, 1]),
            "`dilation_rate` is at least 1, found [1, 0]"
        );
        assert_eq!(
            found(ONE.groups(0), [4, 4, 1], [3, 3, 1, 1]),
            "`groups` is at least 1, found 0"
        );
        assert_eq!(
            found(ONE.padding(Causal), [4, 4, 1], [3, 3, 1, 1]),
            "`Causal` is a padding of steps, not of an image; use `Same`"
        );
        assert_eq!(
            error(ONE.infer(&values(&[shape([8, 8]), shape([3, 3, 1, 1])]))),
            "takes [h, w, channels] and a kernel [kh, kw, channels, filters], found [8, 8] and [3, 3, 1, 1]"
        );
        assert_eq!(
            error(ONE.infer(&values(&[ints([4, 4, 1], 3), shape([3, 3, 1, 1])]))),
            "`x` takes floats, found integers [4, 4, 1]; use `one_hot` or `cast`"
        );
    }
}
