//! `stack`: values along a new axis.

use super::parts::{alike, read_parts, write_parts};
use super::walk::no_axis;
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::shape::{Dim, Inferred, Meaning};
use crate::site::Keeps;

/// `stack(a, b, …, axis = 0)`: the values along a new axis.
///
/// ```text
/// y[.., 0, ..] = a, y[.., 1, ..] = b, …        da = dy[.., 0, ..], …
/// ```
///
/// # Arguments
/// * `a`, `b`, …: 1 to 16 values of one shape and kind.
/// * `axis`: the place of the new axis in the output, from the back where negative.
///
/// # Output
/// The shape of the inputs with an axis more, as long as there are inputs.
///
/// # Errors
/// Different ranks, sizes or kinds of numbers; a place that is none; more axes than a value can have.
///
/// ```text
/// let pair = stack(a, b);        // [8], [8] → [2, 8]
/// ```
///
/// Follows `keras.ops.stack`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug, Default)]
pub struct stack {
    axis: isize,
}

impl stack {
    /// Along a new first axis.
    pub const fn new() -> Self {
        stack { axis: 0 }
    }

    /// Along a new axis in this place.
    pub const fn axis(self, axis: isize) -> Self {
        stack { axis }
    }

    /// The shape rule.
    pub const fn infer(&self, inputs: &[Inferred]) -> Inferred {
        let count = Dim::of(inputs.len());
        let common = match alike(inputs, None) {
            Inferred::Ok(common) => common,
            error => return error,
        };
        let mut y = match common.pushed(count) {
            Inferred::Ok(y) => y,
            error => return error,
        };
        let Some(axis) = y.axis(self.axis) else { return no_axis(self.axis, &y) };
        let mut i = common.rank();
        while i > axis {
            y = y.with_dim(i, y.dim(i - 1)).with_dim(i - 1, count);
            i -= 1;
        }
        y.checked()
    }
}

impl Op for stack {
    const KEEPS: Keeps = Keeps::NOTHING;
    const MEANING: Option<Meaning> = None;
    const SETS: bool = true;

    #[inline(always)]
    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let [y] = y else { return };
        write_parts(call, self.axis, x, y);
    }

    #[inline(always)]
    fn vjp<F: Float, B: Backend>(
        &self,
        call: &Call,
        _: &[Tensor<'_, F>],
        _: &[Tensor<'_, F>],
        dy: &[Tensor<'_, F>],
        dx: &mut [TensorMut<'_, F>],
    ) {
        let [dy] = dy else { return };
        read_parts(call, self.axis, dy, dx);
    }
}

crate::ops::op!(stack, StackAt);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, outputs, shape, values};

    #[test]
    fn forward() {
        let y = outputs(
            &stack::new().axis(1),
            stack::infer,
            &[(shape([2]), &[1., 2.]), (shape([2]), &[3., 4.])],
        );
        assert_eq!(y, [[1., 3., 2., 4.]]);
    }

    #[test]
    fn vjp() {
        check_op(&stack::new(), stack::infer, &[shape([3]), shape([3])]);
        check_op(&stack::new().axis(-1), stack::infer, &[shape([2, 3]); 3]);
        check_op(&stack::new().axis(1), stack::infer, &[shape([2, 3]); 2]);
        check_op(&stack::new(), stack::infer, &[shape([]), shape([])]);
    }

    #[test]
    fn shapes() {
        let infer = |op: stack, a, b| op.infer(&values(&[a, b]));
        let y = infer(stack::new().axis(1), shape([4, 5]), shape([4, 5]));
        assert!(y.get().same_sizes(&shape([4, 2, 5])));
        assert_eq!(
            error(infer(stack::new(), shape([3]), shape([4]))),
            "[3] and [4] have different sizes"
        );
        assert_eq!(
            error(infer(stack::new().axis(2), shape([3]), shape([3]))),
            "there is no axis 2 in [3, 2]"
        );
        let deep = shape([1; 6]);
        assert!(error(infer(stack::new(), deep, deep)).contains("at most 6 axes"));
    }
}
