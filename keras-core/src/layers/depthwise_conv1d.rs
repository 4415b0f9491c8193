//! A convolution of each channel of a sequence.

use crate::layers::Activation;
use crate::prelude::*;

/// A depthwise convolution: each channel of a sequence has `m = depth_multiplier` filters of its own.
///
/// ```text
/// y[o, c·m + j] = activation(Σ x[o·stride + k·dilation − p, c] · kernel[k, c, j] + bias[c·m + j])
/// ```
///
/// # Arguments
/// * `x`: `[steps, channels]`.
///
/// # Output
/// `[count, channels · m]`, with the sizes of [`Conv1D`](crate::layers::Conv1D).
///
/// # Weights
/// `kernel`: `[kernel_size, channels, m]`; `bias`: `[channels · m]`, unless `use_bias(false)`.
///
/// # Errors
/// No axis of channels; a kernel that does not fit into `x`; a size, a stride or a dilation of 0.
///
/// ```
/// use keras_core::prelude::*;
///
/// model! {
///     struct Net {
///         input series: [16, 4];
///         output y = DepthwiseConv1D::new(3).depth_multiplier(2)(series);                  // [14, 8]
///     }
/// }
/// assert_eq!(Net::PARAMS, 24 + 8);
/// ```
///
/// Follows `keras.layers.DepthwiseConv1D` with `data_format="channels_last"`.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct DepthwiseConv1D {
    /// The steps of a window.
    pub kernel_size: usize,
    /// How far apart windows are.
    #[default(1)]
    pub strides: usize,
    /// What is around the sequence: `Valid`, `Same`.
    #[default(Padding::Valid)]
    pub padding: Padding,
    /// How many filters each channel has.
    #[default(1)]
    pub depth_multiplier: usize,
    /// How far apart the taps of a window are.
    #[default(1)]
    pub dilation_rate: usize,
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
impl DepthwiseConv1D {
    fn build(&self, x: Shape![steps, channels]) {
        self.kernel = weight(
            [self.kernel_size, channels, self.depth_multiplier],
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

    fn call(&self, x: Tensor![steps, channels]) -> Tensor![.., channels * self.depth_multiplier] {
        let y = depthwise_conv1d(
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
