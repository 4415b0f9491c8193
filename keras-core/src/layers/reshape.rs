//! The same numbers in another shape.

use crate::prelude::*;
use crate::shape::{Dim, Inferred};

/// The numbers of an example in another shape, in the same row-major order.
///
/// ```text
/// y = x
/// ```
///
/// # Arguments
/// * `x`: `[..]`.
///
/// # Output
/// `target_shape`, in which every size is written: there is no `-1`.
///
/// # Errors
/// Two shapes with different numbers of elements; integers, which [`reshape`](crate::ops::reshape), the op, takes too.
///
/// ```
/// use keras_core::prelude::*;
///
/// model! {
///     struct Net {
///         input x: [64];
///         output y = Conv2D::new(4, [3, 3])(Reshape::new([8, 8, 1])(x));
///     }
/// }
/// assert_eq!(Net::PARAMS, 3 * 3 * 4 + 4);
/// ```
///
/// Follows `keras.layers.Reshape`.
#[derive(Clone, Copy, Debug)]
pub struct Reshape {
    target_shape: Inferred,
}

impl Reshape {
    /// To this shape, without the batch axis.
    pub const fn new<const R: usize>(target_shape: [usize; R]) -> Self {
        let (mut dims, mut i) = ([Dim::of(1); R], 0);
        while i < R {
            dims[i] = Dim::of(target_shape[i]);
            i += 1;
        }
        Reshape { target_shape: Inferred::shape(&dims).unbatched() }
    }
}

#[layer]
impl Reshape {
    fn call(&self, x: Tensor![..]) -> Tensor![..] {
        reshape(x, self.target_shape)
    }
}
