//! `flip`: an axis from back to front.

use super::walk::{Pick, Walk, no_axis, stride};
use crate::shape::{Inferred, Shape, shapes};

/// `flip(x, axis = -1)`: the order of the elements along `axis` is reversed.
///
/// ```text
/// y[.., i, ..] = x[.., n − 1 − i, ..]
/// ```
///
/// # Arguments
/// * `x`: any shape of rank 1 or more.
/// * `axis`: from the back where negative.
///
/// # Output
/// The shape of `x`.
///
/// # Errors
/// There is no such axis.
///
/// ```text
/// let backward = flip(sequence, axis = 0);
/// ```
///
/// Follows `keras.ops.flip` of one axis.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct flip {
    axis: isize,
}

impl flip {
    /// Of the last axis.
    pub const fn new() -> Self {
        flip { axis: -1 }
    }

    /// Of this axis.
    pub const fn axis(self, axis: isize) -> Self {
        flip { axis }
    }

    /// The shape rule.
    pub const fn infer(&self, inputs: &[Inferred]) -> Inferred {
        shapes!(inputs => [x]);
        if x.axis(self.axis).is_none() { no_axis(self.axis, &x) } else { inputs[0] }
    }
}

impl Default for flip {
    fn default() -> Self {
        Self::new()
    }
}

impl Pick for flip {
    #[inline(always)]
    fn walk(&self, x: &Shape, _: &Shape) -> Walk {
        let axis = x.axis(self.axis).unwrap_or(0);
        let (size, inner) = (x.size(axis), stride(x, axis));
        Walk::at((size - 1) * inner as usize)
            .axis(x.product(0, axis), size as isize * inner)
            .axis(size, -inner)
            .axis(inner as usize, 1)
    }
}

crate::ops::op!(flip, FlipAt);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, outputs, shape, values};

    #[test]
    fn forward() {
        let y = outputs(&flip::new(), flip::infer, &[(shape([2, 3]), &[0., 1., 2., 3., 4., 5.])]);
        assert_eq!(y, [[2., 1., 0., 5., 4., 3.]]);
    }

    #[test]
    fn vjp() {
        check_op(&flip::new(), flip::infer, &[shape([5])]);
        check_op(&flip::new().axis(0), flip::infer, &[shape([3, 2])]);
        check_op(&flip::new().axis(1), flip::infer, &[shape([2, 3, 2])]);
    }

    #[test]
    fn shapes() {
        let found = flip::new().axis(1).infer(&values(&[shape([3])]));
        assert_eq!(error(found), "there is no axis 1 in [3]");
    }
}
