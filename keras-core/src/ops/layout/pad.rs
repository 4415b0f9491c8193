//! `pad`: a constant border.

use super::walk::{Walk, stride};
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::shape::{Dim, Inferred, MAX_RANK, Message, Shape, shapes};
use crate::site::Keeps;

/// `pad(x, [(before, after), …], value = 0.0)`: a border of `value` around `x`.
///
/// ```text
/// y[i + before] = x[i], elsewhere value        dx[i] = dy[i + before]
/// ```
///
/// # Arguments
/// * `x`: any shape.
/// * `[(before, after), …]`: the width of the border of each axis; one pair is for all axes.
/// * `value`: what the border holds.
///
/// # Output
/// The shape of `x`, each axis longer by its `before + after`.
///
/// # Errors
/// Neither one pair nor one for each axis.
///
/// ```text
/// let framed = pad(image, [(1, 1), (1, 1), (0, 0)]);
/// ```
///
/// Follows `keras.ops.pad` with `mode="constant"`, without the batch axis.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct pad {
    amounts: [(usize, usize); MAX_RANK],
    count: usize,
    value: f64,
}

impl pad {
    /// A border of zeros of this width.
    pub const fn new<const R: usize>(amounts: [(usize, usize); R]) -> Self {
        let mut border = pad { amounts: [(0, 0); MAX_RANK], count: R, value: 0.0 };
        let mut i = 0;
        while i < R && i < MAX_RANK {
            border.amounts[i] = amounts[i];
            i += 1;
        }
        border
    }

    /// A border of this value.
    pub const fn value(self, value: f64) -> Self {
        pad { value, ..self }
    }

    /// The shape rule.
    pub const fn infer(&self, inputs: &[Inferred]) -> Inferred {
        shapes!(inputs => [x]);
        if self.count != 1 && self.count != x.rank() {
            return Inferred::Error(
                Message::new("")
                    .shape(&x)
                    .str(" takes 1 or ")
                    .num(x.rank())
                    .str(" pairs of widths, found ")
                    .num(self.count),
            );
        }
        let (mut y, mut axis) = (x, 0);
        while axis < x.rank() {
            let (before, after) = self.amount(axis);
            if before > 0 || after > 0 {
                let border = Dim::of(before).add(Dim::of(after));
                y = y.with_dim(axis, x.dim(axis).plain().add(border));
            }
            axis += 1;
        }
        y.checked()
    }

    const fn amount(&self, axis: usize) -> (usize, usize) {
        self.amounts[if self.count == 1 { 0 } else { axis }]
    }

    /// The places of `x` in `y`.
    #[inline(always)]
    fn walk(&self, x: &Shape, y: &Shape) -> Walk {
        let mut walk = Walk::at(0);
        for axis in 0..x.rank() {
            let stride = stride(y, axis);
            walk = walk.skip(self.amount(axis).0 * stride as usize).axis(x.size(axis), stride);
        }
        walk
    }
}

impl Op for pad {
    const KEEPS: Keeps = Keeps::NOTHING;
    const SETS: bool = true;

    #[inline(always)]
    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let ([x], [y]) = (x, y) else { return };
        y.data.fill(F::of(self.value));
        self.walk(x.shape, y.shape).write(call, x, y);
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
        let ([dy], [dx]) = (dy, dx) else { return };
        self.walk(dx.shape, dy.shape).read(call, dy, dx);
    }
}

crate::ops::op!(pad, PadAt);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, outputs, shape, values};

    #[test]
    fn forward() {
        let y = outputs(
            &pad::new([(1, 0), (0, 1)]).value(9.),
            pad::infer,
            &[(shape([1, 2]), &[1., 2.])],
        );
        assert_eq!(y, [[9., 9., 9., 1., 2., 9.]]);
    }

    #[test]
    fn vjp() {
        check_op(&pad::new([(1, 2)]), pad::infer, &[shape([3])]);
        check_op(&pad::new([(1, 1)]), pad::infer, &[shape([2, 3])]);
        let uneven = pad::new([(1, 0), (0, 0), (2, 1)]).value(0.5);
        check_op(&uneven, pad::infer, &[shape([2, 3, 1])]);
    }

    #[test]
    fn shapes() {
        let infer = |op: pad| op.infer(&values(&[shape([2, 3, 4])]));
        assert!(infer(pad::new([(1, 1), (0, 2), (0, 0)])).get().same_sizes(&shape([4, 5, 4])));
        assert_eq!(
            error(infer(pad::new([(1, 1), (0, 2)]))),
            "[2, 3, 4] takes 1 or 3 pairs of widths, found 2"
        );
        assert!(error(infer(pad::new([(usize::MAX, 1)]))).contains("overflow"));
    }
}
