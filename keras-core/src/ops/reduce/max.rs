//! `max`.

use super::{larger, reduction, to_chosen};
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::site::Keeps;

reduction! {
    /// `max(x, axis = …, keepdims = false)`: the largest number over one axis, several, or all; NaN where there is one.
    ///
    /// ```text
    /// y = maxⱼ x[.., j, ..]        dx[.., j, ..] = dy / k where x[.., j, ..] = y, of which there are k
    /// ```
    ///
    /// # Arguments
    /// As [`sum`](super::sum::sum): `x`: floats `[..]`; `axis(i)` or `axes([i, j])`, all where none is named; `keepdims(true)`.
    ///
    /// # Output
    /// The shape of `x` without the axes.
    ///
    /// # Errors
    /// As [`sum`](super::sum::sum).
    ///
    /// Follows `keras.ops.max`, with the gradient of JAX: `k` equal numbers take equal parts.
    max, MaxAt
}

impl Op for max {
    const KEEPS: Keeps = Keeps::INPUTS.and(Keeps::OUTPUTS);

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        self.over.fold::<F, B>(call, &x[0], &mut y[0], F::neg_infinity(), larger);
    }

    fn vjp<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &[Tensor<'_, F>],
        dy: &[Tensor<'_, F>],
        dx: &mut [TensorMut<'_, F>],
    ) {
        to_chosen(&self.over, call, (&x[0], &y[0], &dy[0]), &mut dx[0]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, shape};
    use crate::ops::reduce::tests::run;

    #[test]
    fn vjp() {
        for sizes in [[1, 1, 1], [3, 5, 2], [1, 4, 3], [2, 9, 1]] {
            let all = max::new();
            for op in [all, all.axis(0), all.axis(1), all.axis(-1), all.axes([0, -1])] {
                check_op(&op, max::infer, &[shape(sizes)]);
                check_op(&op.keepdims(true), max::infer, &[shape(sizes)]);
            }
        }
    }

    #[test]
    fn equal_numbers_take_equal_parts() {
        let x = [2.0, 5.0, 5.0, 2.0, 2.0];
        let (found, dx) = run(&max::new(), &x, 6.0);
        assert_eq!((found, dx.as_slice()), (5.0, [0.0, 3.0, 3.0, 0.0, 0.0].as_slice()));
        assert!(run(&max::new(), &[1.0, f64::NAN, 2.0], 1.0).0.is_nan());
    }
}
