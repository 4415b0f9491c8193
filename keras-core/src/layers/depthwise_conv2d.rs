//! A convolution of each channel of an image.

use crate::layers::Activation;
use crate::prelude::*;

/// A depthwise convolution: each channel of an image has `m = depth_multiplier` filters of its own.
///
/// ```text
/// y[oy, ox, c·m + j] = activation(Σ x[oy·sy + ky·dy − py, ox·sx + kx·dx − px, c] · kernel[ky, kx, c, j] + bias[c·m + j])
/// ```
///
/// # Arguments
/// * `x`: `[h, w, channels]`.
///
/// # Output
/// `[oh, ow, channels · m]`, with the sizes of [`Conv2D`](crate::layers::Conv2D).
///
/// # Weights
/// `kernel`: `[kh, kw, channels, m]`; `bias`: `[channels · m]`, unless `use_bias(false)`.
///
/// # Errors
/// No axis of channels; a kernel that does not fit into `x`; a size, a stride or a dilation of 0.
///
/// ```
/// use keras_core::prelude::*;
///
/// model! {
///     struct Net {
///         input image: [16, 16, 4];
///         let h = DepthwiseConv2D::new([3, 3]).padding(Same).activation(Relu)(image);      // [16, 16, 4]
///         output y = Conv2D::new(8, [1, 1])(h);                                            // [16, 16, 8]
///     }
/// }
/// assert_eq!(Net::PARAMS, 40 + 40);
/// ```
///
/// Follows `keras.layers.DepthwiseConv2D` with `data_format="channels_last"`.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct DepthwiseConv2D {
    /// The rows and columns of a window.
    pub kernel_size: [usize; 2],
    /// How far apart windows are.
    #[default([1, 1])]
    pub strides: [usize; 2],
    /// What is around the image: `Valid`, `Same`.
    #[default(Padding::Valid)]
    pub padding: Padding,
    /// How many filters each channel has.
    #[default(1)]
    pub depth_multiplier: usize,
    /// How far apart the taps of a window are.
    #[default([1, 1])]
    pub dilation_rate: [usize; 2],
    /// What is applied to the result; nothing by default.
    #[default(Activation::Linear)]
    pub activation: Activation,
    /// Whether a bias is added.
    #[default(true)]
    pub use_bias: bool,
    /// Where the kernel's first values come from.
    #[default(GlorotUniform)]
    pub depthwise_initializer: Initializer,
    /// Where the bias' first values come from.
    #[default(Zeros)]
    pub bias_initializer: Initializer,
    /// The penalty on the kernel.
    #[default(Regularizer::NONE)]
    pub depthwise_regularizer: Regularizer,
    /// The penalty on the bias.
    #[default(Regularizer::NONE)]
    pub bias_regularizer: Regularizer,
    /// What is done to the kernel after each update.
    #[default(Constraint::NONE)]
    pub depthwise_constraint: Constraint,
    /// What is done to the bias after each update.
    #[default(Constraint::NONE)]
    pub bias_constraint: Constraint,
}

#[layer]
impl DepthwiseConv2D {
    fn build(&self, x: Shape![h, w, channels]) {
        self.kernel = weight(
            [self.kernel_size[0], self.kernel_size[1], channels, self.depth_multiplier],
            self.depthwise_initializer,
            regularizer = self.depthwise_regularizer,
            constraint = self.depthwise_constraint,
        );
        if self.use_bias {
            self.bias = weight(
                [channels * self.depth_multiplier],
                self.bias_initializer,
                regularizer = self.bias_regularizer,
                constraint = self.bias_constraint,
            );
        }
    }

    fn call(&self, x: Tensor![h, w, channels]) -> Tensor![.., channels * self.depth_multiplier] {
        let y = depthwise_conv2d(
            x,
            self.kernel,
            strides = self.strides,
            padding = self.padding,
            dilation_rate = self.dilation_rate,
        );
        let y = if self.use_bias { y + self.bias } else { y };
        self.activation(y)
    }
}
