//! Numbers set to zero at random, in training.

use crate::ops;
use crate::prelude::*;

/// In training, each number becomes 0 with probability `rate`, and the others grow so that the sum is the same in the mean.
///
/// ```text
/// y = x / (1 − rate) where u ≥ rate, else 0,  u ~ U[0, 1)        outside of training y = x
/// ```
///
/// # Arguments
/// * `x`: `[..]`.
///
/// # Output
/// The shape of `x`.
///
/// # Errors
/// A `rate` outside of `0..=1`.
///
/// ```
/// use keras_core::prelude::*;
///
/// model! {
///     struct Net {
///         input x: [8];
///         let h = Dense::new(16).activation(Relu)(x);
///         output y = Dense::new(3)(Dropout::new(0.5)(h));
///     }
/// }
/// let net = Net::new(1);
/// assert_eq!(net.predict(&[[1.0f32; 8]])?, net.predict(&[[1.0f32; 8]])?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Follows `keras.layers.Dropout`, without its `noise_shape`.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct Dropout {
    /// How probable it is for a number to be dropped.
    pub rate: f64,
}

#[layer]
impl Dropout {
    fn call(&self, x: Tensor![..s]) -> Tensor![..s] {
        if training { ops::dropout(x, self.rate) } else { x }
    }
}
