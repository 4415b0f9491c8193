//! A convolution of an image.

use crate::layers::Activation;
use crate::prelude::*;

/// A convolution: a kernel is multiplied with every window of an image.
///
/// ```text
/// y[oy, ox, f] = activation(Σ x[oy·sy + ky·dy − py, ox·sx + kx·dx − px, c] · kernel[ky, kx, c, f] + bias[f])
/// ```
///
/// A size is written for each axis, down and across: a constant cannot be made of either a number or a pair on stable Rust.
///
/// # Arguments
/// * `x`: `[h, w, channels]`.
///
/// # Output
/// `[oh, ow, filters]`, as [`conv2d`](crate::ops::conv2d) has it: without padding `⌊(size − span) / stride⌋ + 1`, with
/// `padding(Same)` `⌈size / stride⌉`.
///
/// # Weights
/// `kernel`: `[kh, kw, channels / groups, filters]`; `bias`: `[filters]`, unless `use_bias(false)`.
///
/// # Errors
/// No axis of channels; a kernel that does not fit into `x`; channels or filters that do not divide into `groups`; a size, a
/// stride or a dilation of 0.
///
/// ```
/// use keras_core::prelude::*;
///
/// model! {
///     struct Net {
///         input image: [28, 28, 1];
///         let h = Conv2D::new(8, [3, 3]).activation(Relu)(image);                  // [26, 26, 8]
///         let h = Conv2D::new(16, [3, 3]).strides([2, 2]).padding(Same)(h);        // [13, 13, 16]
///         output y = Dense::new(10)(Flatten(h));
///     }
/// }
/// assert_eq!(Net::PARAMS, 80 + 1168 + 27050);
/// ```
///
/// Follows `keras.layers.Conv2D` with `data_format="channels_last"`.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct Conv2D {
    /// The size of the output's last axis.
    pub filters: usize,
    /// The rows and columns of a window.
    pub kernel_size: [usize; 2],
    /// How far apart windows are.
    #[default([1, 1])]
    pub strides: [usize; 2],
    /// What is around the image: `Valid`, `Same`.
    #[default(Padding::Valid)]
    pub padding: Padding,
    /// How far apart the taps of a window are.
    #[default([1, 1])]
    pub dilation_rate: [usize; 2],
    /// Into how many groups channels and filters are split.
    #[default(1)]
    pub groups: usize,
    /// What is applied to the result; nothing by default.
    #[default(Activation::Linear)]
    pub activation: Activation,
    /// Whether a bias is added.
    #[default(true)]
    pub use_bias: bool,
    /// Where the kernel's first values come from.
    #[default(GlorotUniform)]
    pub kernel_initializer: Initializer,
    /// Where the bias' first values come from.
    #[default(Zeros)]
    pub bias_initializer: Initializer,
    /// The penalty on the kernel.
    #[default(Regularizer::NONE)]
    pub kernel_regularizer: Regularizer,
    /// The penalty on the bias.
    #[default(Regularizer::NONE)]
    pub bias_regularizer: Regularizer,
    /// What is done to the kernel after each update.
    #[default(Constraint::NONE)]
    pub kernel_constraint: Constraint,
    /// What is done to the bias after each update.
    #[default(Constraint::NONE)]
    pub bias_constraint: Constraint,
}

#[layer]
impl Conv2D {
    fn build(&self, x: Shape![h, w, channels]) {
        self.kernel = weight(
            [
                self.kernel_size[0],
                self.kernel_size[1],
                channels.div_ceil(self.groups.max(1)),
                self.filters,
            ],
            self.kernel_initializer,
            regularizer = self.kernel_regularizer,
            constraint = self.kernel_constraint,
        );
        if self.use_bias {
            self.bias = weight(
                [self.filters],
                self.bias_initializer,
                regularizer = self.bias_regularizer,
                constraint = self.bias_constraint,
            );
        }
    }

    fn call(&self, x: Tensor![h, w, channels]) -> Tensor![.., self.filters] {
        let y = conv2d(
            x,
            self.kernel,
            strides = self.strides,
            padding = self.padding,
            dilation_rate = self.dilation_rate,
            groups = self.groups,
        );
        let y = if self.use_bias { y + self.bias } else { y };
        self.activation(y)
    }
}
