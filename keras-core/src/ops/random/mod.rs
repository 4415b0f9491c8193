//! Random tensors: number `i` of example `n` is a function of the call's key, `n` and `i` alone. So it depends neither on how
//! the batch is split nor on threads, and it is the same when the backward pass asks again.

pub mod dropout;
pub mod random_bernoulli;
pub mod random_normal;
pub mod random_uniform;

use crate::float::Float;
use crate::ops::{Call, TensorMut};
use crate::shape::{Dtype, Inferred, arity};

/// The shape rule: no inputs, and the shape as given, with its batch axis or without.
const fn as_given(shape: Inferred, x: &[Inferred]) -> Inferred {
    if let Some(error) = arity(x, 0) {
        return error;
    }
    match shape {
        Inferred::Ok(shape) => Inferred::Ok(shape.with_dtype(Dtype::Float)),
        _ => shape.seen(),
    }
}

/// Fills `y` with `number(key, i)`; example `n` of the epoch has the numbers from `n · len`.
///
/// A value without a batch axis has the first numbers whatever the batch: all parts of a split batch must see the same.
#[inline(always)]
fn fill<F: Float>(call: &Call, y: &mut TensorMut<'_, F>, number: impl Fn(u64, u64) -> F) {
    let first = if y.shape.batched() { call.first as u64 * y.shape.len() as u64 } else { 0 };
    for (i, y) in (first..).zip(y.data.iter_mut()) {
        *y = number(call.key, i);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::Reference;
    use crate::ops::Op;
    use crate::shape::Shape;

    /// `batch` examples from number `first` on.
    pub(super) fn run<P: Op>(op: &P, shape: &Shape, first: usize, batch: usize) -> Vec<f64> {
        let mut y = vec![f64::NAN; shape.total(batch)];
        let call = Call { batch, first, key: 7 };
        op.forward::<f64, Reference>(
            &call,
            &[],
            &mut [TensorMut { data: &mut y, shape, add: false }],
        );
        y
    }

    /// A split batch has the numbers of the whole one; their mean and variance are these within five standard errors.
    pub(super) fn check<P: Op>(op: &P, mean: f64, variance: f64) {
        let shape = crate::ops::check::shape([5]);
        let whole = run(op, &shape, 10, 2000);
        assert_eq!([run(op, &shape, 10, 700), run(op, &shape, 710, 1300)].concat(), whole);
        let once = shape.with_batch(false);
        assert_eq!(run(op, &once, 10, 2000), run(op, &once, 0, 1));
        let n = whole.len() as f64;
        let m = whole.iter().sum::<f64>() / n;
        let v = whole.iter().map(|x| (x - m) * (x - m)).sum::<f64>() / n;
        assert!((m - mean).abs() < 5.0 * (variance / n).sqrt(), "mean {m}");
        assert!((v - variance).abs() < 5.0 * variance * (2.0 / n).sqrt(), "variance {v}");
    }
}
