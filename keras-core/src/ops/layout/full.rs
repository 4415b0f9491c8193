//! `full`, `zeros` and `ones`: constants.

use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::shape::{Inferred, arity};
use crate::site::Keeps;

/// `full(shape, value)`: `value` everywhere, the same for all examples.
///
/// ```text
/// y = value
/// ```
///
/// # Arguments
/// * `shape`: the sizes.
/// * `value`: a constant.
///
/// # Output
/// `shape`, without a batch axis.
///
/// ```text
/// let half = full([n], 0.5);
/// ```
///
/// Follows `keras.ops.full`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct full {
    shape: Inferred,
    value: f64,
}

impl full {
    /// This value in this shape.
    pub const fn new(shape: Inferred, value: f64) -> Self {
        full { shape, value }
    }
}

/// `zeros(shape)`: 0 everywhere, the same for all examples; see [`full`].
///
/// ```text
/// let mut h = zeros([self.units]);
/// ```
///
/// Follows `keras.ops.zeros`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct zeros {
    shape: Inferred,
}

/// `ones(shape)`: 1 everywhere, the same for all examples; see [`full`].
///
/// ```text
/// let keep = ones([n]) - drop;
/// ```
///
/// Follows `keras.ops.ones`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct ones {
    shape: Inferred,
}

macro_rules! constant {
    ($op:ident, $at:ident, |$self:ident| $value:expr) => {
        impl $op {
            /// The shape rule.
            pub const fn infer(&self, inputs: &[Inferred]) -> Inferred {
                match arity(inputs, 0) {
                    Some(error) => error,
                    None => self.shape.unbatched(),
                }
            }
        }

        impl Op for $op {
            const KEEPS: Keeps = Keeps::NOTHING;

            #[inline(always)]
            fn forward<F: Float, B: Backend>(
                &$self,
                _: &Call,
                _: &[Tensor<'_, F>],
                y: &mut [TensorMut<'_, F>],
            ) {
                let [y] = y else { return };
                y.data.fill(F::of($value));
            }

            #[inline(always)]
            fn vjp<F: Float, B: Backend>(
                &self,
                _: &Call,
                _: &[Tensor<'_, F>],
                _: &[Tensor<'_, F>],
                _: &[Tensor<'_, F>],
                _: &mut [TensorMut<'_, F>],
            ) {
            }
        }

        crate::ops::op!($op, $at);
    };
    ($op:ident, $at:ident, $value:expr) => {
        impl $op {
            /// In this shape.
            pub const fn new(shape: Inferred) -> Self {
                $op { shape }
            }
        }

        constant!($op, $at, |self| $value);
    };
}

constant!(full, FullAt, |self| self.value);
constant!(zeros, ZerosAt, 0.0);
constant!(ones, OnesAt, 1.0);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::Reference;
    use crate::ops::check::{error, shape, values};

    fn filled(op: impl Op) -> [f32; 3] {
        let (shape, mut y) = (shape([3]).with_batch(false), [f32::NAN; 3]);
        let call = Call { batch: 2, first: 0, key: 0 };
        let target = TensorMut { data: &mut y, shape: &shape, add: false };
        op.forward::<f32, Reference>(&call, &[], &mut [target]);
        y
    }

    #[test]
    fn forward() {
        let shape = Inferred::Ok(shape([3]));
        assert_eq!(filled(zeros::new(shape)), [0.0; 3]);
        assert_eq!(filled(ones::new(shape)), [1.0; 3]);
        assert_eq!(filled(full::new(shape, 0.5)), [0.5; 3]);
    }

    #[test]
    fn shapes() {
        let three = Inferred::Ok(shape([3]));
        assert!(!zeros::new(three).infer(&[]).get().batched());
        assert!(matches!(ones::new(Inferred::Poisoned).infer(&[]), Inferred::Poisoned));
        let found = zeros::new(three).infer(&values(&[shape([3])]));
        assert_eq!(error(found), "takes 0 inputs, found 1");
    }
}
