//! `cast`.

use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::shape::{Dtype, Inferred, shapes};
use crate::site::Keeps;

/// `cast(x)`: integers or booleans as floats. They have no gradient; floats stay what they are, with theirs.
///
/// ```text
/// y = x        dx = dy for floats
/// ```
///
/// # Arguments
/// * `x`: numbers of any kind, `[..]`.
///
/// # Output
/// Floats of the shape of `x`; `true` is 1.
///
/// Follows `keras.ops.cast(x, "float32")`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug, Default)]
pub struct cast {}

impl cast {
    /// No constants.
    pub const fn new() -> Self {
        Self {}
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        shapes!(x => [x]);
        Inferred::Ok(x.with_dtype(Dtype::Float))
    }
}

op!(cast, CastAt);

impl Op for cast {
    const KEEPS: Keeps = Keeps::NOTHING;

    fn forward<F: Float, B: Backend>(
        &self,
        _: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        y[0].data.copy_from_slice(x[0].data);
    }

    fn vjp<F: Float, B: Backend>(
        &self,
        _: &Call,
        x: &[Tensor<'_, F>],
        _: &[Tensor<'_, F>],
        dy: &[Tensor<'_, F>],
        dx: &mut [TensorMut<'_, F>],
    ) {
        if x[0].shape.is_float() {
            dx[0].data.iter_mut().zip(dy[0].data).for_each(|(dx, dy)| *dx += *dy);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, ints, shape};

    #[test]
    fn vjp() {
        check_op(&cast {}, cast::infer, &[ints([3], 10)]);
        check_op(&cast {}, cast::infer, &[shape([2, 1]).with_dtype(Dtype::Bool)]);
        check_op(&cast {}, cast::infer, &[shape([])]);
    }
}
