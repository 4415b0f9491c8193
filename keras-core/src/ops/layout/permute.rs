//! `permute`: axes in another order.

use super::walk::{Pick, Walk, no_axis};
use crate::shape::{Inferred, MAX_RANK, Message, Shape, shapes};

/// `permute(x, [axes])`: axis `i` of the output is axis `axes[i]` of `x`.
///
/// ```text
/// y[i₀, i₁, ..] = x[j₀, j₁, ..]  with  j[axes[k]] = i[k]
/// ```
///
/// # Arguments
/// * `x`: any shape.
/// * `axes`: each axis of `x` once, counted from 0 without the batch axis.
///
/// # Output
/// The sizes of `x` in the new order.
///
/// # Errors
/// `axes` are not the axes of `x` in some order.
///
/// ```text
/// let rows = permute(image, [2, 0, 1]);        // [h, w, c] → [c, h, w]
/// ```
///
/// Follows `keras.ops.transpose(x, axes)` without the batch axis; `keras.layers.Permute` counts from 1.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct permute {
    axes: [usize; MAX_RANK],
    rank: usize,
}

impl permute {
    /// The order of the axes.
    pub const fn new<const R: usize>(axes: [usize; R]) -> Self {
        let mut order = permute { axes: [0; MAX_RANK], rank: R };
        let mut i = 0;
        while i < R && i < MAX_RANK {
            order.axes[i] = axes[i];
            i += 1;
        }
        order
    }

    /// The shape rule.
    pub const fn infer(&self, inputs: &[Inferred]) -> Inferred {
        shapes!(inputs => [x]);
        if self.rank != x.rank() {
            return Inferred::Error(
                Message::new("")
                    .shape(&x)
                    .str(" has ")
                    .num(x.rank())
                    .str(" axes, found an order of ")
                    .num(self.rank),
            );
        }
        let (mut y, mut seen, mut i) = (x, [false; MAX_RANK], 0);
        while i < self.rank {
            let axis = self.axes[i];
            if axis >= x.rank() {
                return no_axis(axis as isize, &x);
            }
            if seen[axis] {
                return Inferred::Error(
                    Message::new("axis ").num(axis).str(" of ").shape(&x).str(" is taken twice"),
                );
            }
            seen[axis] = true;
            y = y.with_dim(i, x.dim(axis));
            i += 1;
        }
        Inferred::Ok(y)
    }
}

impl Pick for permute {
    #[inline(always)]
    fn walk(&self, x: &Shape, _: &Shape) -> Walk {
        Walk::over(x, self.axes.split_at(self.rank.min(MAX_RANK)).0)
    }
}

crate::ops::op!(permute, PermuteAt);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, outputs, shape, values};

    #[test]
    fn forward() {
        let y = outputs(
            &permute::new([2, 0, 1]),
            permute::infer,
            &[(shape([1, 2, 3]), &[0., 1., 2., 3., 4., 5.])],
        );
        assert_eq!(y, [[0., 3., 1., 4., 2., 5.]]);
    }

    #[test]
    fn vjp() {
        check_op(&permute::new([2, 0, 1]), permute::infer, &[shape([2, 3, 4])]);
        check_op(&permute::new([0, 2, 1]), permute::infer, &[shape([2, 1, 3])]);
    }

    #[test]
    fn shapes() {
        let infer = |op: permute| op.infer(&values(&[shape([2, 3, 4])]));
        assert!(infer(permute::new([2, 0, 1])).get().same_sizes(&shape([4, 2, 3])));
        assert_eq!(error(infer(permute::new([0, 1]))), "[2, 3, 4] has 3 axes, found an order of 2");
        assert_eq!(error(infer(permute::new([0, 1, 3]))), "there is no axis 3 in [2, 3, 4]");
        assert_eq!(error(infer(permute::new([0, 1, 1]))), "axis 1 of [2, 3, 4] is taken twice");
    }
}
