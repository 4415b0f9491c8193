//! `concat`: values one after the other along an axis.

use super::parts::{alike, read_parts, write_parts};
use super::walk::no_axis;
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::shape::{Inferred, Meaning};
use crate::site::Keeps;

/// `concat(a, b, …, axis = -1)`: the values one after the other along `axis`.
///
/// ```text
/// y = [a | b | …]        da, db, … = the parts of dy
/// ```
///
/// # Arguments
/// * `a`, `b`, …: 1 to 16 values of one kind (floats, or integers), whose sizes differ at most along `axis`.
/// * `axis`: from the back where negative.
///
/// # Output
/// The shape of the inputs, with the sum of their sizes along `axis`.
///
/// # Errors
/// Different ranks, sizes or kinds of numbers; there is no such axis (scalars are for
/// [`stack`](super::stack::stack)).
///
/// ```text
/// let f = concat(a, b);        // [8], [4] → [12]
/// ```
///
/// Follows `keras.ops.concatenate`, with the default of `keras.layers.Concatenate`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct concat {
    axis: isize,
}

impl concat {
    /// Along the last axis.
    pub const fn new() -> Self {
        concat { axis: -1 }
    }

    /// Along this axis.
    pub const fn axis(self, axis: isize) -> Self {
        concat { axis }
    }

    /// The shape rule.
    pub const fn infer(&self, inputs: &[Inferred]) -> Inferred {
        let common = match alike(inputs, Some(self.axis)) {
            Inferred::Ok(common) => common,
            error => return error,
        };
        let Some(axis) = common.axis(self.axis) else { return no_axis(self.axis, &common) };
        let (mut dim, mut i) = (common.dim(axis).plain(), 1);
        while i < inputs.len() {
            dim = dim.add(inputs[i].dim(axis));
            i += 1;
        }
        common.with_dim(axis, dim).checked()
    }
}

impl Default for concat {
    fn default() -> Self {
        Self::new()
    }
}

impl Op for concat {
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

crate::ops::op!(concat, ConcatAt);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, ints, outputs, shape, values};
    use crate::shape::Dtype;

    #[test]
    fn forward() {
        let y = outputs(
            &concat::new(),
            concat::infer,
            &[(shape([2, 1]), &[1., 2.]), (shape([2, 2]), &[3., 4., 5., 6.])],
        );
        assert_eq!(y, [[1., 3., 4., 2., 5., 6.]]);
    }

    #[test]
    fn vjp() {
        check_op(&concat::new(), concat::infer, &[shape([3]), shape([2])]);
        check_op(&concat::new(), concat::infer, &[shape([2, 3]), shape([2, 1]), shape([2, 2])]);
        check_op(&concat::new().axis(0), concat::infer, &[shape([2, 3]), shape([1, 3])]);
        check_op(&concat::new().axis(1), concat::infer, &[shape([2, 1, 2]), shape([2, 3, 2])]);
        check_op(&concat::new(), concat::infer, &[shape([3])]);
    }

    #[test]
    fn shapes() {
        let infer = |a, b| concat::new().infer(&values(&[a, b]));
        let labels = infer(ints([2], 3), ints([1], 5)).get();
        assert!(labels.size(0) == 3 && labels.dtype() == Dtype::Int { range: 5 });
        assert_eq!(error(infer(shape([3]), shape([3, 4]))), "[3] and [3, 4] have different ranks");
        assert_eq!(
            error(infer(shape([3, 4]), shape([2, 4]))),
            "[3, 4] and [2, 4] have different sizes outside of axis -1"
        );
        assert_eq!(
            error(infer(shape([3]), ints([3], 2))),
            "[3] and integers [3] must be of one kind"
        );
        assert_eq!(error(infer(shape([]), shape([]))), "there is no axis -1 in []");
        assert_eq!(error(concat::new().infer(&[])), "takes 1 to 16 inputs, found 0");
    }
}
