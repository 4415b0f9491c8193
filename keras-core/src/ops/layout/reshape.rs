//! `reshape`: the same numbers in another shape.

use super::walk::{Pick, Walk};
use crate::infer::Inference;
use crate::shape::{Inferred, Message, Shape, shapes};

/// `reshape(x, shape)`: the numbers of `x`, in the same row-major order, with other axes.
///
/// ```text
/// y = x        dx = dy
/// ```
///
/// # Arguments
/// * `x`: any shape.
/// * `shape`: as many numbers as `x` has, without the batch axis. Every size is written: there is no `-1`.
///
/// # Output
/// `shape`.
///
/// # Errors
/// The two shapes have different numbers of elements.
///
/// ```text
/// let image = reshape(x, [28, 28, 1]);
/// ```
///
/// Follows `keras.layers.Reshape`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct reshape {
    shape: Inferred,
}

impl reshape {
    /// To this shape.
    pub const fn new(shape: Inferred) -> Self {
        reshape { shape }
    }

    /// The shape rule.
    pub const fn infer(&self, inputs: &[Inferred]) -> Inferred {
        shapes!(inputs => [x]);
        let Inferred::Ok(y) = self.shape else { return self.shape };
        if x.len() != y.len() {
            return Inferred::Error(
                Message::new("")
                    .shape(&x)
                    .str(" has ")
                    .num(x.len())
                    .str(" elements, ")
                    .shape(&y)
                    .str(" has ")
                    .num(y.len()),
            );
        }
        Inferred::Ok(y.with_batch(x.batched()).with_dtype(x.dtype()))
    }

    const fn inference(&self, _: &[Inferred]) -> Inference {
        Inference::SAME
    }
}

impl Pick for reshape {
    #[inline(always)]
    fn walk(&self, x: &Shape, _: &Shape) -> Walk {
        Walk::dense(x.len())
    }
}

crate::ops::op!(reshape, ReshapeAt, inference);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, ints, shape, values};

    #[test]
    fn vjp() {
        check_op(&reshape::new(Inferred::Ok(shape([3, 4]))), reshape::infer, &[shape([2, 6])]);
        check_op(&reshape::new(Inferred::Ok(shape([]))), reshape::infer, &[shape([1])]);
        check_op(&reshape::new(Inferred::Ok(shape([3, 4]))), reshape::infer, &[ints([12], 5)]);
    }

    #[test]
    fn shapes() {
        let infer = |to| reshape::new(to).infer(&values(&[shape([28, 28])]));
        assert_eq!(
            error(infer(Inferred::Ok(shape([700])))),
            "[28, 28] has 784 elements, [700] has 700"
        );
        assert!(matches!(infer(Inferred::Poisoned), Inferred::Poisoned));
    }
}
