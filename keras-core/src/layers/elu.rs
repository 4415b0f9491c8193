//! The exponential linear unit.

use crate::prelude::*;

/// The exponential linear unit, which goes towards `−alpha` below zero.
///
/// ```text
/// y = x where x > 0, else alpha · (eˣ − 1)
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
///         output y = ELU::new().alpha(0.5)(x);
///     }
/// }
/// assert_eq!(Net::new(1).predict(&[[-50.0f32, 2.0]])?.as_slice(), Some(&[-0.5, 2.0][..]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Follows `keras.layers.ELU`; with `alpha = 1` it is the activation `Elu`, too.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct ELU {
    /// How far it goes below zero.
    #[default(1.0)]
    pub alpha: f64,
}

#[layer]
impl ELU {
    fn call(&self, x: Tensor![..s]) -> Tensor![..s] {
        elu(x, alpha = self.alpha)
    }
}
