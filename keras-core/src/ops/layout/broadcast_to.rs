//! `broadcast_to`: repetition that is meant.

use super::walk::{Pick, Walk, stride};
use crate::shape::{Inferred, Message, Shape, shapes};

/// `broadcast_to(x, shape)`: repeats `x` along the axes it lacks in front and along its axes of size 1.
///
/// ```text
/// y[i, j] = x[0, j]        dx[0, j] = Σᵢ dy[i, j]
/// ```
///
/// # Arguments
/// * `x`: any shape whose sizes, from the back, are 1 or those of `shape`.
/// * `shape`: the sizes, without the batch axis.
///
/// # Output
/// `shape`.
///
/// # Errors
/// `x` has more axes than `shape`, or a size that is neither 1 nor that of `shape`.
///
/// ```text
/// x - broadcast_to(reference, [10])        // [1] against [10]
/// ```
///
/// Follows `keras.ops.broadcast_to`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct broadcast_to {
    shape: Inferred,
}

impl broadcast_to {
    /// To this shape.
    pub const fn new(shape: Inferred) -> Self {
        broadcast_to { shape }
    }

    /// The shape rule.
    pub const fn infer(&self, inputs: &[Inferred]) -> Inferred {
        shapes!(inputs => [x]);
        let Inferred::Ok(y) = self.shape else { return self.shape };
        let mut fits = x.rank() <= y.rank();
        let mut axis = 0;
        while fits && axis < x.rank() {
            let size = x.size(axis);
            fits = size == 1 || size == y.size(y.rank() - x.rank() + axis);
            axis += 1;
        }
        if !fits {
            return Inferred::Error(
                Message::new("")
                    .shape(&x)
                    .str(" cannot become ")
                    .shape(&y)
                    .help("each size, counted from the last axis, must be 1 or stay the same"),
            );
        }
        Inferred::Ok(y.with_batch(x.batched()).with_dtype(x.dtype()))
    }
}

impl Pick for broadcast_to {
    const ONCE: bool = false;

    #[inline(always)]
    fn walk(&self, x: &Shape, y: &Shape) -> Walk {
        let gap = y.rank() - x.rank();
        let mut walk = Walk::at(0).axis(y.product(0, gap), 0);
        for axis in 0..x.rank() {
            let repeated = x.size(axis) == 1;
            walk = walk.axis(y.size(gap + axis), if repeated { 0 } else { stride(x, axis) });
        }
        walk
    }
}

crate::ops::op!(broadcast_to, BroadcastToAt);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, outputs, shape, values};

    #[test]
    fn forward() {
        let y = outputs(
            &broadcast_to::new(Inferred::Ok(shape([2, 2, 2]))),
            broadcast_to::infer,
            &[(shape([2, 1]), &[1., 2.])],
        );
        assert_eq!(y, [[1., 1., 2., 2., 1., 1., 2., 2.]]);
    }

    #[test]
    fn vjp() {
        let to = |shape| broadcast_to::new(Inferred::Ok(shape));
        check_op(&to(shape([4, 3])), broadcast_to::infer, &[shape([3])]);
        check_op(&to(shape([2, 3, 2])), broadcast_to::infer, &[shape([3, 1])]);
        check_op(&to(shape([2, 3])), broadcast_to::infer, &[shape([])]);
        check_op(&to(shape([2, 3])), broadcast_to::infer, &[shape([2, 3])]);
    }

    #[test]
    fn shapes() {
        let found = broadcast_to::new(Inferred::Ok(shape([10]))).infer(&values(&[shape([3])]));
        assert_eq!(
            error(found),
            "[3] cannot become [10]; each size, counted from the last axis, must be 1 or stay the same"
        );
    }
}
