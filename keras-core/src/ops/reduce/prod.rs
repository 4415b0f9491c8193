//! `prod`.

use super::reduction;
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::site::Keeps;

reduction! {
    /// `prod(x, axis = …, keepdims = false)`: the product over one axis, several, or all.
    ///
    /// ```text
    /// y = Πⱼ x[.., j, ..]        dx[.., j, ..] = dy · Π of the others
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
    /// Follows `keras.ops.prod`.
    prod, ProdAt
}

impl Op for prod {
    const KEEPS: Keeps = Keeps::input(0);

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        self.over.fold::<F, B>(call, &x[0], &mut y[0], F::one(), |a, x| a * x);
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
            let (x, dx) = (x[0].row(b), dx[0].row(b));
            for (lane, dy) in lanes.iter().zip(dy[0].row(b)) {
                let (zeros, rest) = without_zeros(lane.indices().map(|i| x[i]));
                for i in lane.indices() {
                    let others = match (zeros, x[i] == F::zero()) {
                        (0, _) => rest / x[i],
                        (1, true) => rest,
                        _ => F::zero(),
                    };
                    dx[i] += *dy * others;
                }
            }
        }
    }
}

/// How many zeros there are, and the product of the rest.
fn without_zeros<F: Float>(x: impl Iterator<Item = F>) -> (usize, F) {
    x.fold(
        (0, F::one()),
        |(zeros, rest), x| if x == F::zero() { (zeros + 1, rest) } else { (zeros, rest * x) },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, check_op_on, shape};

    #[test]
    fn vjp() {
        for sizes in [[1, 1, 1], [3, 5, 2], [1, 4, 3], [2, 9, 1]] {
            let all = prod::new();
            for op in [all, all.axis(0), all.axis(1), all.axis(-1), all.axes([0, -1])] {
                check_op(&op, prod::infer, &[shape(sizes)]);
                check_op(&op.keepdims(true), prod::infer, &[shape(sizes)]);
            }
        }
    }

    #[test]
    fn zeros_are_numbers_like_any_other() {
        let fill = |_, u| if u < 0.3 { 0.0 } else { u };
        check_op_on(&prod::new().axis(1), prod::infer, &[shape([4, 3])], fill);
        check_op_on(&prod::new().axis(0), prod::infer, &[shape([3, 5])], fill);
    }
}
