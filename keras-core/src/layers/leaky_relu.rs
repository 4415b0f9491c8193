//! ReLU with a slope below zero.

use crate::prelude::*;

/// The rectified linear unit with a slope for negative numbers.
///
/// ```text
/// y = x where x > 0, else negative_slope · x
/// ```
///
/// # Arguments
/// * `x`: `[..]`.
///
/// # Output
/// The shape of `x`.
///
/// ```
/// use keras_core::prelude::*;
///
/// model! {
///     struct Net {
///         input x: [2];
///         output y = LeakyReLU::new()(x);
///     }
/// }
/// assert_eq!(Net::new(1).predict(&[[-1.0f32, 2.0]])?.as_slice(), Some(&[-0.3, 2.0][..]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Follows `keras.layers.LeakyReLU`, whose slope is 0.3; that of the function `leaky_relu` is 0.2.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct LeakyReLU {
    /// The slope below zero.
    #[default(0.3)]
    pub negative_slope: f64,
}

#[layer]
impl LeakyReLU {
    fn call(&self, x: Tensor![..s]) -> Tensor![..s] {
        leaky_relu(x, negative_slope = self.negative_slope)
    }
}
