//! `full_like`: a constant in the shape of a value.

use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::shape::{Dtype, Inferred, shapes};
use crate::site::Keeps;

/// `full_like(x, value)`: `value` everywhere, as often as `x` has numbers: for each example, where `x` is a value of each.
///
/// ```text
/// y = value        dx = 0
/// ```
///
/// # Arguments
/// * `x`: any shape, of which the numbers do not matter.
/// * `value`: a constant.
///
/// # Output
/// The shape of `x`.
///
/// ```text
/// let mask = Dropout::new(0.5)(full_like(x, 1.0));        // another one for each example
/// ```
///
/// Follows `keras.ops.full_like`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct full_like {
    value: f64,
}

impl full_like {
    /// This value.
    pub const fn new(value: f64) -> Self {
        full_like { value }
    }

    /// The shape rule.
    pub const fn infer(&self, inputs: &[Inferred]) -> Inferred {
        shapes!(inputs => [x]);
        Inferred::Ok(x.with_dtype(Dtype::Float))
    }
}

impl Op for full_like {
    const KEEPS: Keeps = Keeps::NOTHING;

    #[inline(always)]
    fn forward<F: Float, B: Backend>(
        &self,
        _: &Call,
        _: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let [y] = y else { return };
        y.data.fill(F::of(self.value));
    }

    crate::ops::not_differentiable!();
}

crate::ops::op!(full_like, FullLikeAt);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, ints, outputs, shape, values};

    #[test]
    fn vjp() {
        check_op(&full_like::new(2.0), full_like::infer, &[shape([3, 2])]);
        check_op(&full_like::new(2.0), full_like::infer, &[ints([3], 5)]);
    }

    #[test]
    fn shapes() {
        let y = outputs(&full_like::new(0.5), full_like::infer, &[(shape([2]), &[7., 8.])]);
        assert_eq!(y, [[0.5; 2]]);
        assert!(full_like::new(1.0).infer(&values(&[shape([3])])).get().batched());
    }
}
