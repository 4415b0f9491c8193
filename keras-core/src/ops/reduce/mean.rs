//! `mean`.

use super::reduction;
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::site::Keeps;

reduction! {
    /// `mean(x, axis = …, keepdims = false)`: the mean over one axis, several, or all.
    ///
    /// ```text
    /// y = (1/n)·Σⱼ x[.., j, ..]        dx[.., j, ..] = dy / n
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
    /// Follows `keras.ops.mean`.
    mean, MeanAt
}

impl Op for mean {
    const KEEPS: Keeps = Keeps::NOTHING;

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let scale = F::one() / F::of(self.over.lanes(x[0].shape).count() as f64);
        self.over.fold::<F, B>(call, &x[0], &mut y[0], F::zero(), |a, x| a + x);
        y[0].data.iter_mut().for_each(|y| *y = *y * scale);
    }

    fn vjp<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        _: &[Tensor<'_, F>],
        dy: &[Tensor<'_, F>],
        dx: &mut [TensorMut<'_, F>],
    ) {
        let lanes = self.over.lanes(x[0].shape);
        let scale = F::one() / F::of(lanes.count() as f64);
        for b in 0..call.rows(x[0].shape) {
            let dy = dy[0].row(b);
            lanes.spread(dx[0].row(b), |_, o| dy[o] * scale);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, shape};

    #[test]
    fn vjp() {
        for sizes in [[1, 1, 1], [3, 5, 2], [1, 4, 3], [2, 9, 1]] {
            let all = mean::new();
            for op in [all, all.axis(0), all.axis(1), all.axis(-1), all.axes([0, -1])] {
                check_op(&op, mean::infer, &[shape(sizes)]);
                check_op(&op.keepdims(true), mean::infer, &[shape(sizes)]);
            }
        }
    }
}
