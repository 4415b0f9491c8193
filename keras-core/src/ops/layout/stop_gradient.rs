//! `stop_gradient`: a value as a constant.

use super::walk::Walk;
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::shape::{Inferred, Meaning, shapes};
use crate::site::Keeps;

/// `stop_gradient(x)`: `x`, which the backward pass takes for a constant.
///
/// ```text
/// y = x        dx = 0
/// ```
///
/// # Arguments
/// * `x`: any shape.
///
/// # Output
/// The shape of `x`.
///
/// ```text
/// let target = stop_gradient(teacher);
/// ```
///
/// Follows `keras.ops.stop_gradient`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug, Default)]
pub struct stop_gradient {}

impl stop_gradient {
    /// No constants.
    pub const fn new() -> Self {
        Self {}
    }

    /// The shape rule.
    pub const fn infer(&self, inputs: &[Inferred]) -> Inferred {
        shapes!(inputs => [x]);
        Inferred::Ok(x)
    }
}

impl Op for stop_gradient {
    const KEEPS: Keeps = Keeps::NOTHING;
    const MEANING: Option<Meaning> = None;

    #[inline(always)]
    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let ([x], [y]) = (x, y) else { return };
        Walk::dense(x.shape.len()).read(call, x, y);
    }

    // The cotangent was cleared before, and nothing is added.
    crate::ops::not_differentiable!();
}

crate::ops::op!(stop_gradient, StopGradientAt);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::Reference;
    use crate::ops::check::shape;

    #[test]
    fn forward_copies_and_the_cotangent_stays_as_it_was() {
        let (call, shape) = (Call { batch: 2, first: 0, key: 0 }, shape([2]));
        let (x, mut y, mut dx) = ([1.0, 2.0, 3.0, 4.0], [0.0; 4], [0.0; 4]);
        let x = Tensor { data: &x, shape: &shape };
        let target = TensorMut { data: &mut y, shape: &shape, add: false };
        stop_gradient {}.forward::<f32, Reference>(&call, &[x], &mut [target]);
        assert_eq!(y, x.data);
        let target = TensorMut { data: &mut dx, shape: &shape, add: false };
        stop_gradient {}.vjp::<f32, Reference>(&call, &[], &[], &[x], &mut [target]);
        assert_eq!(dx, [0.0; 4]);
    }
}
