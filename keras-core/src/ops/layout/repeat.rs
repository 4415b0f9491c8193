//! `repeat`: each element several times.

use super::walk::{Pick, Walk, no_axis, stride};
use crate::shape::{Dim, Inferred, Message, Shape, shapes};

/// `repeat(x, n, axis = 0)`: each element along `axis` stands `n` times in a row.
///
/// ```text
/// y[.., i, ..] = x[.., i / n, ..]        dx[.., i, ..] = Σⱼ dy[.., n·i + j, ..],  j < n
/// ```
///
/// # Arguments
/// * `x`: any shape of rank 1 or more.
/// * `n`: at least 1.
/// * `axis`: from the back where negative.
///
/// # Output
/// The shape of `x`, where `axis` is `n` times as long.
///
/// # Errors
/// There is no such axis; `n` is 0.
///
/// ```text
/// let larger = repeat(repeat(image, 2, axis = 0), 2, axis = 1);
/// ```
///
/// Follows `keras.ops.repeat`, whose axis is not optional here.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct repeat {
    n: usize,
    axis: isize,
}

impl repeat {
    /// `n` times along the first axis.
    pub const fn new(n: usize) -> Self {
        repeat { n, axis: 0 }
    }

    /// Along this axis.
    pub const fn axis(self, axis: isize) -> Self {
        repeat { axis, ..self }
    }

    /// The shape rule.
    pub const fn infer(&self, inputs: &[Inferred]) -> Inferred {
        shapes!(inputs => [x]);
        let Some(axis) = x.axis(self.axis) else { return no_axis(self.axis, &x) };
        if self.n == 0 {
            return Inferred::Error(
                Message::new("the elements of ").shape(&x).str(" repeated 0 times are none"),
            );
        }
        let dim = if self.n == 1 { x.dim(axis) } else { x.dim(axis).mul(Dim::of(self.n)) };
        x.with_dim(axis, dim).checked()
    }
}

impl Pick for repeat {
    const ONCE: bool = false;

    #[inline(always)]
    fn walk(&self, x: &Shape, _: &Shape) -> Walk {
        let axis = x.axis(self.axis).unwrap_or(0);
        let inner = stride(x, axis);
        Walk::at(0).axis(x.product(0, axis + 1), inner).axis(self.n, 0).axis(inner as usize, 1)
    }
}

crate::ops::op!(repeat, RepeatAt);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, outputs, shape, values};

    #[test]
    fn forward() {
        let y =
            outputs(&repeat::new(2).axis(1), repeat::infer, &[(shape([2, 2]), &[0., 1., 2., 3.])]);
        assert_eq!(y, [[0., 0., 1., 1., 2., 2., 3., 3.]]);
    }

    #[test]
    fn vjp() {
        check_op(&repeat::new(2), repeat::infer, &[shape([3])]);
        check_op(&repeat::new(3).axis(-2), repeat::infer, &[shape([2, 3, 2])]);
        check_op(&repeat::new(1).axis(1), repeat::infer, &[shape([2, 3])]);
    }

    #[test]
    fn shapes() {
        let infer = |op: repeat| op.infer(&values(&[shape([2, 3])]));
        assert!(infer(repeat::new(4).axis(1)).get().same_sizes(&shape([2, 12])));
        assert_eq!(
            error(infer(repeat::new(0))),
            "the elements of [2, 3] repeated 0 times are none"
        );
        assert_eq!(error(infer(repeat::new(2).axis(-3))), "there is no axis -3 in [2, 3]");
    }
}
