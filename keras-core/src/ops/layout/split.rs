//! `split`: equal parts along an axis.

use super::parts::{read_parts, write_parts};
use super::walk::no_axis;
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::shape::{Dim, Inferred, MAX_PORTS, Meaning, Message, arity};
use crate::site::Keeps;

/// `split(x, parts, axis = -1)`: equal parts along `axis`, each an output.
///
/// ```text
/// [a | b | …] = x        dx = [da | db | …]
/// ```
///
/// # Arguments
/// * `x`: any shape of rank 1 or more.
/// * `parts`: 1 to 16; the size of `axis` is a multiple of it.
/// * `axis`: from the back where negative.
///
/// # Output
/// `parts` values of the shape of `x`, where `axis` is shorter by that factor.
///
/// # Errors
/// The axis does not divide into equal parts; no such axis; 0 or too many parts.
///
/// ```text
/// let (i, f, g, o) = split(z, 4);
/// ```
///
/// Follows `keras.ops.split` with a number of sections; parts of other sizes are slices: `(x[..a], x[a..])`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct split {
    parts: usize,
    axis: isize,
}

impl split {
    /// Into this many parts of the last axis.
    pub const fn new(parts: usize) -> Self {
        split { parts, axis: -1 }
    }

    /// Of this axis.
    pub const fn axis(self, axis: isize) -> Self {
        split { axis, ..self }
    }

    /// The shape rule: the outputs and their number.
    pub const fn infer(&self, inputs: &[Inferred]) -> ([Inferred; MAX_PORTS], usize) {
        let parts = if self.parts == 0 || self.parts > MAX_PORTS { 1 } else { self.parts };
        let part = self.part(inputs);
        // An error is said once.
        let mut all = [part.seen(); MAX_PORTS];
        all[0] = part;
        (all, parts)
    }

    const fn part(&self, inputs: &[Inferred]) -> Inferred {
        if let Some(error) = arity(inputs, 1) {
            return error;
        }
        let Inferred::Ok(x) = inputs[0] else { return Inferred::Poisoned };
        let Some(axis) = x.axis(self.axis) else { return no_axis(self.axis, &x) };
        if self.parts == 0 || self.parts > MAX_PORTS {
            return Inferred::Error(
                Message::new("makes 1 to ").num(MAX_PORTS).str(" parts, found ").num(self.parts),
            );
        }
        let dim = x.dim(axis);
        if dim.get() % self.parts != 0 {
            return Inferred::Error(
                Message::new("axis ")
                    .num(axis)
                    .str(" of ")
                    .shape(&x)
                    .str(" does not divide into ")
                    .num(self.parts)
                    .str(" equal parts"),
            );
        }
        let dim = if self.parts == 1 { dim } else { dim.div(Dim::of(self.parts)) };
        Inferred::Ok(x.with_dim(axis, dim))
    }
}

impl Op for split {
    const KEEPS: Keeps = Keeps::NOTHING;
    const MEANING: Option<Meaning> = None;

    #[inline(always)]
    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let [x] = x else { return };
        read_parts(call, self.axis, x, y);
    }

    // A part that nobody uses has no cotangent: `dx` is cleared before, and stays zero there.
    #[inline(always)]
    fn vjp<F: Float, B: Backend>(
        &self,
        call: &Call,
        _: &[Tensor<'_, F>],
        _: &[Tensor<'_, F>],
        dy: &[Tensor<'_, F>],
        dx: &mut [TensorMut<'_, F>],
    ) {
        let [dx] = dx else { return };
        write_parts(call, self.axis, dy, dx);
    }
}

crate::ops::op!(split, SplitAt, many);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, outputs, shape, values};

    #[test]
    fn forward() {
        let y =
            outputs(&split::new(3), split::infer, &[(shape([2, 3]), &[0., 1., 2., 3., 4., 5.])]);
        assert_eq!(y, [[0., 3.], [1., 4.], [2., 5.]]);
    }

    #[test]
    fn vjp() {
        check_op(&split::new(4), split::infer, &[shape([8])]);
        check_op(&split::new(3).axis(0), split::infer, &[shape([3, 2])]);
        check_op(&split::new(2).axis(1), split::infer, &[shape([2, 4, 3])]);
        check_op(&split::new(1), split::infer, &[shape([5])]);
    }

    #[test]
    fn shapes() {
        let infer = |op: split| op.infer(&values(&[shape([2, 10])]));
        let (parts, count) = infer(split::new(5));
        assert!(count == 5 && parts[4].get().same_sizes(&shape([2, 2])));
        assert_eq!(
            error(infer(split::new(4))),
            "axis 1 of [2, 10] does not divide into 4 equal parts"
        );
        assert_eq!(error(infer(split::new(0))), "makes 1 to 16 parts, found 0");
        assert_eq!(error(infer(split::new(2).axis(2))), "there is no axis 2 in [2, 10]");
        let (parts, count) = infer(split::new(3));
        assert!(count == 3 && matches!(parts[2], Inferred::Poisoned));
    }
}
