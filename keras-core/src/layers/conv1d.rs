//! A convolution of a sequence.

use crate::layers::Activation;
use crate::prelude::*;

/// A convolution: a kernel is multiplied with every window of a sequence.
///
/// ```text
/// y[o, f] = activation(Σ x[o·stride + k·dilation − p, c] · kernel[k, c, f] + bias[f])
/// ```
///
/// # Arguments
/// * `x`: `[steps, channels]`.
///
/// # Output
/// `[count, filters]`, as [`conv1d`](crate::ops::conv1d) has it: without padding `⌊(size − span) / stride⌋ + 1`, with
/// `padding(Same` or `Causal)` `⌈size / stride⌉`.
///
/// # Weights
/// `kernel`: `[kernel_size, channels / groups, filters]`; `bias`: `[filters]`, unless `use_bias(false)`.
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
///         input series: [100, 3];
///         let h = Conv1D::new(8, 5).strides(2).activation(Relu)(series);             // [48, 8]
///         output y = Conv1D::new(1, 3).dilation_rate(4).padding(Causal)(h);          // [48, 1]
///     }
/// }
/// assert_eq!(Net::PARAMS, 128 + 25);
/// ```
///
/// Follows `keras.layers.Conv1D` with `data_format="channels_last"`.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct Conv1D {
    /// The size of the output's last axis.
    pub filters: usize,
    /// The steps of a window.
    pub kernel_size: usize,
    /// How far apart windows are.
    #[default(1)]
    pub strides: usize,
    /// What is around the sequence: `Valid`, `Same`, `Causal`.
    #[default(Padding::Valid)]
    pub padding: Padding,
    /// How far apart the taps of a window are.
    #[default(1)]
    pub dilation_rate: usize,
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
impl Conv1D {
    fn build(&self, x: Shape![steps, channels]) {
        self.kernel = weight(
            [self.kernel_size, channels.div_ceil(self.groups.max(1)), self.filters],
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

    fn call(&self, x: Tensor![steps, channels]) -> Tensor![.., self.filters] {
        let y = conv1d(
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
