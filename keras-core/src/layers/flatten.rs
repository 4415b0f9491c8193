//! All numbers of an example in one axis.

use crate::prelude::*;

/// All numbers of an example in one axis, in row-major order.
///
/// ```text
/// y = x
/// ```
///
/// # Arguments
/// * `x`: `[..]`.
///
/// # Output
/// `[n]`, the product of the sizes of `x`.
///
/// # Errors
/// Integers, which [`flatten`](crate::ops::flatten), the op, takes too.
///
/// ```
/// use keras_core::prelude::*;
///
/// model! {
///     struct Net {
///         input image: [8, 8, 3];
///         output y = Dense::new(10)(Flatten(image));
///     }
/// }
/// assert_eq!(Net::PARAMS, 192 * 10 + 10);
/// ```
///
/// Follows `keras.layers.Flatten` with `data_format="channels_last"`.
#[layer]
#[derive(Clone, Copy, Debug)]
pub struct Flatten;

#[layer]
impl Flatten {
    fn call(&self, x: Tensor![..]) -> Tensor![..] {
        flatten(x)
    }
}
