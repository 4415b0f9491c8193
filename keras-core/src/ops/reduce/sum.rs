//! `sum`.

use super::reduction;
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::site::Keeps;

reduction! {
    /// `sum(x, axis = …, keepdims = false)`: the sum over one axis, several, or all.
    ///
    /// ```text
    /// y = Σⱼ x[.., j, ..]        dx[.., j, ..] = dy
    /// ```
    ///
    /// # Arguments
    /// * `x`: floats `[..]`.
    /// * `axis(i)` or `axes([i, j])`: what is summed; negative ones count from the back; all axes where none is named. Never
    ///   the batch.
    /// * `keepdims(true)`: a summed axis stays, with size 1, and broadcasts.
    ///
    /// # Output
    /// The shape of `x` without the axes; `[]` over all.
    ///
    /// # Errors
    /// An axis that `x` does not have or that is named twice; numbers other than floats.
    ///
    /// Follows `keras.ops.sum`.
    sum, SumAt
}

impl Op for sum {
    const KEEPS: Keeps = Keeps::NOTHING;

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        self.over.fold::<F, B>(call, &x[0], &mut y[0], F::zero(), |a, x| a + x);
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
        for b in 0..call.rows(x[0].shape) {
            let dy = dy[0].row(b);
            lanes.spread(dx[0].row(b), |_, o| dy[o]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, ints, shape, values};
    use crate::shape::Inferred;

    #[test]
    fn vjp() {
        for sizes in [[1, 1, 1], [3, 5, 2], [1, 4, 3], [2, 1, 9], [2, 17, 1]] {
            for op in [sum::new(), sum::new().axis(0), sum::new().axis(1), sum::new().axis(-1)] {
                check_op(&op, sum::infer, &[shape(sizes)]);
                check_op(&op.keepdims(true), sum::infer, &[shape(sizes)]);
            }
            check_op(&sum::new().axes([0, -1]), sum::infer, &[shape(sizes)]);
            check_op(&sum::new().axes([1, 0]), sum::infer, &[shape(sizes)]);
        }
        check_op(&sum::new().axes([0, 2, 4]), sum::infer, &[shape([2, 3, 2, 1, 3, 2])]);
        check_op(&sum::new(), sum::infer, &[shape([])]);
    }

    #[test]
    fn shapes() {
        let x = values(&[shape([2, 3, 4])]);
        assert!(sum::new().infer(&x).get().same_sizes(&shape([])));
        assert!(sum::new().axes([0, 2]).infer(&x).get().same_sizes(&shape([3])));
        let kept = sum::new().axes([0, -1]).keepdims(true).infer(&x).get();
        assert!(kept.same_sizes(&shape([1, 3, 1])));
        assert!(kept.dim(0).is_kept() && !kept.dim(1).is_kept() && kept.dim(2).is_kept());
    }

    #[test]
    fn errors() {
        let x = values(&[shape([2, 3])]);
        assert_eq!(error(sum::new().axis(2).infer(&x)), "there is no axis 2 in [2, 3]");
        assert_eq!(error(sum::new().axes([1, -1]).infer(&x)), "axis -1 of [2, 3] is named twice");
        assert_eq!(error(sum::new().axes([0, -1, 1]).infer(&x)), "axis 1 of [2, 3] is named twice");
        assert_eq!(
            error(sum::new().axis(-1).infer(&values(&[shape([])]))),
            "there is no axis -1 in [], which is one number for each example"
        );
        assert_eq!(
            error(sum::new().infer(&values(&[ints([3], 5)]))),
            "`x` takes floats, found integers [3]; use `one_hot` or `cast`"
        );
        assert!(matches!(sum::new().infer(&[Inferred::Poisoned]), Inferred::Poisoned));
    }
}
