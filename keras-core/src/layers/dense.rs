//! A fully connected layer.

use crate::layers::Activation;
use crate::prelude::*;

/// A fully connected layer.
///
/// ```text
/// y = activation(x · kernel + bias)
/// ```
///
/// # Arguments
/// * `x`: `[.., n]`.
///
/// # Output
/// `[.., units]`.
///
/// # Weights
/// `kernel`: `[n, units]`; `bias`: `[units]`, unless `use_bias(false)`.
///
/// # Errors
/// One number instead of a vector; integers.
///
/// ```
/// use keras_core::prelude::*;
///
/// model! {
///     struct Net {
///         input x: [8];
///         let h = Dense::new(16).activation(Relu).kernel_regularizer(L2(1e-4))(x);
///         output y = Dense::new(3)(h);
///     }
/// }
/// assert_eq!(Net::PARAMS, 8 * 16 + 16 + 16 * 3 + 3);
/// ```
///
/// Follows `keras.layers.Dense`.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct Dense {
    /// The size of the output's last axis.
    pub units: usize,
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
impl Dense {
    fn build(&self, x: Shape![.., n]) {
        self.kernel = weight(
            [n, self.units],
            self.kernel_initializer,
            regularizer = self.kernel_regularizer,
            constraint = self.kernel_constraint,
        );
        if self.use_bias {
            self.bias = weight(
                [self.units],
                self.bias_initializer,
                regularizer = self.bias_regularizer,
                constraint = self.bias_constraint,
            );
        }
    }

    fn call(&self, x: Tensor![..s, n]) -> Tensor![..s, self.units] {
        let y = dot(x, self.kernel);
        let y = if self.use_bias { y + self.bias } else { y };
        self.activation(y)
    }
}
