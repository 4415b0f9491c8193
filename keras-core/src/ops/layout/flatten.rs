//! `flatten`: one axis.

use super::walk::{Pick, Walk};
use crate::infer::Inference;
use crate::shape::{Dim, Inferred, Shape, shapes};

/// `flatten(x)`: all numbers of an example in one axis, in row-major order.
///
/// ```text
/// y = x        dx = dy
/// ```
///
/// # Arguments
/// * `x`: any shape; of a scalar it makes `[1]`.
///
/// # Output
/// `[n]`, the product of the sizes of `x`.
///
/// ```text
/// let features = flatten(image);        // [28, 28, 1] → [784]
/// ```
///
/// Follows `keras.layers.Flatten`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug, Default)]
pub struct flatten {}

impl flatten {
    /// No constants.
    pub const fn new() -> Self {
        Self {}
    }

    /// The shape rule.
    pub const fn infer(&self, inputs: &[Inferred]) -> Inferred {
        shapes!(inputs => [x]);
        // A vector keeps the name of its dim.
        let dim = if x.rank() == 1 { x.last() } else { Dim::of(x.len()) };
        Inferred::Ok(Shape::of(&[dim]).with_batch(x.batched()).with_dtype(x.dtype()))
    }

    const fn inference(&self, _: &[Inferred]) -> Inference {
        Inference::SAME
    }
}

impl Pick for flatten {
    #[inline(always)]
    fn walk(&self, x: &Shape, _: &Shape) -> Walk {
        Walk::dense(x.len())
    }
}

crate::ops::op!(flatten, FlattenAt, inference);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, shape, values};

    #[test]
    fn vjp() {
        check_op(&flatten {}, flatten::infer, &[shape([2, 3, 2])]);
        check_op(&flatten {}, flatten::infer, &[shape([])]);
    }

    #[test]
    fn shapes() {
        assert!(flatten {}.infer(&values(&[shape([28, 28, 1])])).get().same_sizes(&shape([784])));
    }
}
