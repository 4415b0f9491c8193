//! `gather`.

use super::limit_of;
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut, kinds};
use crate::shape::{Inferred, MAX_PORTS, MAX_RANK, Message, Shape, shapes};
use crate::site::Keeps;

/// `gather(params, indices)`: the rows of `params` that `indices` name.
///
/// ```text
/// y[i.., ..] = params[indices[i..], ..]        dparams[r, ..] = Σ dy[i.., ..] over the i.. with indices[i..] = r
/// ```
///
/// # Arguments
/// * `params`: floats `[rows, ..rest]`: a weight, or a value of each example.
/// * `indices`: integers `[i..]` below `rows`. Data are checked when they come in; an index that is computed beyond the end
///   takes the last row.
///
/// # Output
/// `[i.., ..rest]`.
///
/// # Errors
/// `params` without an axis; `indices` that are not integers, or whose range is known and larger than `rows`; more than
/// [`MAX_RANK`] axes.
///
/// ```text
/// gather(self.centers, y_true)
/// ```
///
/// Follows `keras.ops.take(params, indices, axis=0)`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug, Default)]
pub struct gather {}

impl gather {
    /// No constants.
    pub const fn new() -> Self {
        Self {}
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        shapes!(x => [params, indices]);
        if let Some(error) = kinds::floats("params", &params) {
            return error;
        }
        if let Some(error) =
            kinds::integers("indices", &indices, "declare them as `Index![range; sizes]`")
        {
            return error;
        }
        if params.rank() == 0 {
            return Inferred::Error(
                Message::new("takes `params` [rows, ..], found ").shape(&params),
            );
        }
        if let Some(error) = kinds::below("indices", &indices, params.size(0), "`params`", &params)
        {
            return error;
        }
        join(&indices, &params)
    }

    /// The indices are below the number of rows.
    pub const fn limits(&self, x: &[Inferred]) -> [usize; MAX_PORTS] {
        match x {
            [Inferred::Ok(params), _] => limit_of(1, params.size(0)),
            _ => [usize::MAX; MAX_PORTS],
        }
    }
}

/// The axes of `indices`, then those of `params` behind its first.
const fn join(indices: &Shape, params: &Shape) -> Inferred {
    let rank = indices.rank() + params.rank() - 1;
    if rank > MAX_RANK {
        let message =
            Message::new("indices ").shape(indices).str(" into ").shape(params).str(" give ");
        return Inferred::Error(
            message.num(rank).str(" axes, at most ").num(MAX_RANK).str(" are possible"),
        );
    }
    let batched = indices.batched() || params.batched();
    let mut y = Inferred::Ok(indices.with_batch(batched).with_dtype(params.dtype()));
    let mut axis = 1;
    while axis < params.rank() {
        if let Inferred::Ok(shape) = y {
            y = shape.pushed(params.dim(axis));
        }
        axis += 1;
    }
    y
}

op!(gather, GatherAt, limits);

/// The length of a row of `params`, and the last row.
#[inline(always)]
fn rows(params: &Shape) -> (usize, usize) {
    (params.product(1, params.rank()), params.size(0).saturating_sub(1))
}

impl Op for gather {
    const KEEPS: Keeps = Keeps::input(1);

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let (len, last) = rows(x[0].shape);
        for b in 0..call.rows(y[0].shape) {
            let params = x[0].row(b);
            for (y, index) in y[0].row(b).chunks_exact_mut(len).zip(x[1].row(b)) {
                y.copy_from_slice(&params[index.index().min(last) * len..][..len]);
            }
        }
    }

    fn vjp<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        _: &[Tensor<'_, F>],
        dy: &[Tensor<'_, F>],
        dx: &mut [TensorMut<'_, F>],
    ) {
        let (len, last) = rows(x[0].shape);
        if !dx[0].is_some() {
            return;
        }
        for b in 0..call.rows(dy[0].shape) {
            let dparams = dx[0].row(b);
            for (dy, index) in dy[0].row(b).chunks_exact(len).zip(x[1].row(b)) {
                let row = &mut dparams[index.index().min(last) * len..][..len];
                row.iter_mut().zip(dy).for_each(|(d, dy)| *d += *dy);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, ints, shape, values};

    #[test]
    fn vjp() {
        check_op(&gather {}, gather::infer, &[shape([1]), ints([], 1)]);
        check_op(&gather {}, gather::infer, &[shape([5, 3]), ints([], 5)]);
        check_op(&gather {}, gather::infer, &[shape([3, 1, 2]), ints([4], 3)]);
        check_op(&gather {}, gather::infer, &[shape([7]), ints([2, 3], 7)]);
    }

    #[test]
    fn an_index_beyond_the_end_takes_the_last_row() {
        check_op(&gather {}, gather::infer, &[shape([1, 3]), ints([4], usize::MAX)]);
    }

    #[test]
    fn errors() {
        let found = |params, indices| error(gather {}.infer(&values(&[params, indices])));
        assert_eq!(
            found(shape([10, 4]), ints([], 20)),
            "`indices` has a range of 20, but `params` [10, 4] has room for 10"
        );
        assert_eq!(
            found(shape([10]), shape([3])),
            "`indices` takes integers (labels or indices), found [3]; declare them as `Index![range; sizes]`"
        );
        assert_eq!(found(shape([]), ints([], 1)), "takes `params` [rows, ..], found []");
        assert_eq!(
            found(shape([2; 5]), ints([2, 2, 2], 2)),
            "indices integers [2, 2, 2] into [2, 2, 2, 2, 2] give 7 axes, at most 6 are possible"
        );
        assert_eq!(
            gather {}.limits(&values(&[shape([10, 4]), ints([], 4)]))[..2],
            [usize::MAX, 10]
        );
    }
}
