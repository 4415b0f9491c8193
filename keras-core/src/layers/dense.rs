//! A fully connected layer.

use crate::layers::Activation;
use crate::prelude::*;

/// A fully connected layer: `y = activation(x · kernel + bias)`.
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
}

#[layer]
impl Dense {
    fn build(&self, x: Shape![.., n]) {
        self.kernel = weight([n, self.units], self.kernel_initializer);
        if self.use_bias {
            self.bias = weight([self.units], self.bias_initializer);
        }
    }

    fn call(&self, x: Tensor![..s, n]) -> Tensor![..s, self.units] {
        let y = dot(x, self.kernel);
        let y = if self.use_bias { y + self.bias } else { y };
        self.activation(y)
    }
}
