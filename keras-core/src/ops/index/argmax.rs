//! `argmax`.

use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{
    Call, Op, Tensor, TensorMut, kinds,
    reduce::{Lanes, no_axis},
};
use crate::shape::{Inferred, shapes};
use crate::site::Keeps;

/// `argmax(x, axis = -1)`: where the largest number is, the first of equal ones. Not differentiable.
///
/// ```text
/// y = min { j : x[.., j, ..] = maxₖ x[.., k, ..] }
/// ```
///
/// # Arguments
/// * `x`: floats `[..]` of rank 1 or more.
/// * `axis`: along which to look; a negative one counts from the back.
///
/// # Output
/// Integers below the size of the axis, of the shape of `x` without it.
///
/// # Errors
/// An axis that `x` does not have, or of more than 2²⁴ numbers; numbers other than floats.
///
/// Follows `keras.ops.argmax`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct argmax {
    axis: isize,
}

impl argmax {
    /// Along the last axis.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        argmax { axis: -1 }
    }

    /// Along this axis; a negative one counts from the back.
    pub const fn axis(self, axis: isize) -> Self {
        argmax { axis }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        shapes!(x => [x]);
        if let Some(error) = kinds::floats("x", &x) {
            return error;
        }
        match x.axis(self.axis) {
            Some(axis) => Inferred::Ok(x.without(axis)).ints(x.size(axis)),
            None => no_axis(self.axis, &x),
        }
    }
}

op!(argmax, ArgmaxAt);

/// The index of the largest number, the first of equal ones.
#[inline(always)]
pub(crate) fn largest<F: Float>(x: impl Iterator<Item = F>) -> usize {
    let start = (0, F::neg_infinity());
    x.enumerate().fold(start, |best, x| if x.1 > best.1 { x } else { best }).0
}

impl Op for argmax {
    const KEEPS: Keeps = Keeps::NOTHING;

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let lanes = Lanes::along(self.axis, x[0].shape);
        for b in 0..call.rows(x[0].shape) {
            let x = x[0].row(b);
            for (lane, y) in lanes.iter().zip(y[0].row(b)) {
                *y = F::of(largest(lane.indices().map(|i| x[i])) as f64);
            }
        }
    }

    crate::ops::not_differentiable!();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, shape, values};
    use crate::shape::Dtype;

    #[test]
    fn the_first_of_equal_ones() {
        assert_eq!(largest([1.0f32, 3.0, 3.0, 2.0].into_iter()), 1);
        assert_eq!(largest([f32::NEG_INFINITY; 2].into_iter()), 0);
    }

    #[test]
    fn shapes() {
        for axis in [0, 1, -1] {
            check_op(&argmax::new().axis(axis), argmax::infer, &[shape([1, 1, 1])]);
            check_op(&argmax::new().axis(axis), argmax::infer, &[shape([3, 5, 2])]);
        }
        let y = argmax::new().axis(0).infer(&values(&[shape([7, 2])])).get();
        assert!(y.same_sizes(&shape([2])) && y.dtype() == Dtype::Int { range: 7 });
        assert_eq!(
            error(argmax::new().infer(&values(&[shape([])]))),
            "there is no axis -1 in [], which is one number for each example"
        );
    }
}
