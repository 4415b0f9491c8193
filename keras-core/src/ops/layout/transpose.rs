//! `transpose`: all axes in reverse.

use super::walk::{Pick, Walk};
use crate::shape::{Inferred, MAX_RANK, Shape, shapes};

/// `transpose(x)`: the axes in reverse order.
///
/// ```text
/// y[j, i] = x[i, j]
/// ```
///
/// # Arguments
/// * `x`: any shape. The batch axis stays in front.
///
/// # Output
/// The sizes of `x` in reverse.
///
/// ```text
/// let columns = transpose(x);        // [rows, columns] → [columns, rows]
/// ```
///
/// Follows `keras.ops.transpose(x)`; for another order there is [`permute`](super::permute::permute).
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug, Default)]
pub struct transpose {}

impl transpose {
    /// No constants.
    pub const fn new() -> Self {
        Self {}
    }

    /// The shape rule.
    pub const fn infer(&self, inputs: &[Inferred]) -> Inferred {
        shapes!(inputs => [x]);
        let (mut y, mut i) = (x, 0);
        while i < x.rank() {
            y = y.with_dim(i, x.dim(x.rank() - 1 - i));
            i += 1;
        }
        Inferred::Ok(y)
    }
}

impl Pick for transpose {
    #[inline(always)]
    fn walk(&self, x: &Shape, _: &Shape) -> Walk {
        const REVERSE: [usize; MAX_RANK] = [5, 4, 3, 2, 1, 0];
        Walk::over(x, REVERSE.split_at(MAX_RANK - x.rank()).1)
    }
}

crate::ops::op!(transpose, TransposeAt);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, outputs, shape};

    #[test]
    fn forward() {
        let y =
            outputs(&transpose {}, transpose::infer, &[(shape([2, 3]), &[0., 1., 2., 3., 4., 5.])]);
        assert_eq!(y, [[0., 3., 1., 4., 2., 5.]]);
    }

    #[test]
    fn vjp() {
        check_op(&transpose {}, transpose::infer, &[shape([2, 3])]);
        check_op(&transpose {}, transpose::infer, &[shape([2, 3, 4])]);
        check_op(&transpose {}, transpose::infer, &[shape([5])]);
        check_op(&transpose {}, transpose::infer, &[shape([])]);
    }
}
