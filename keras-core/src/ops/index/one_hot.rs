//! `one_hot`.

use super::limit_of;
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut, kinds};
use crate::shape::{Dim, Inferred, MAX_PORTS, shapes};
use crate::site::Keeps;

/// `one_hot(indices, n)`: 1 at the place that an index names, 0 elsewhere. Not differentiable.
///
/// ```text
/// y[i.., j] = 1 where indices[i..] = j, else 0
/// ```
///
/// # Arguments
/// * `indices`: integers `[i..]` below `n`. Data are checked when they come in; an index that is computed beyond the end
///   gives zeros.
/// * `n`: the length of the new last axis, at least 1.
///
/// # Output
/// Floats `[i.., n]`.
///
/// # Errors
/// `indices` that are not integers, or whose range is known and larger than `n`; `n = 0`.
///
/// Follows `keras.ops.one_hot`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug)]
pub struct one_hot {
    n: usize,
}

impl one_hot {
    /// With a last axis of length `n`.
    pub const fn new(n: usize) -> Self {
        one_hot { n }
    }

    /// The shape rule.
    pub const fn infer(&self, x: &[Inferred]) -> Inferred {
        shapes!(x => [indices]);
        if let Some(error) =
            kinds::integers("indices", &indices, "declare them as `Index![range; sizes]`")
        {
            return error;
        }
        let n = match Inferred::shape(&[Dim::of(self.n)]) {
            Inferred::Ok(n) => n,
            wrong => return wrong,
        };
        if let Some(error) = kinds::below("indices", &indices, self.n, "the new axis", &n) {
            return error;
        }
        indices.with_dtype(n.dtype()).pushed(n.dim(0))
    }

    /// The indices are below `n`.
    pub const fn limits(&self, _: &[Inferred]) -> [usize; MAX_PORTS] {
        limit_of(0, self.n)
    }
}

op!(one_hot, OneHotAt, limits);

impl Op for one_hot {
    const KEEPS: Keeps = Keeps::NOTHING;

    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        for b in 0..call.rows(x[0].shape) {
            let y = y[0].row(b);
            y.fill(F::zero());
            for (y, index) in y.chunks_exact_mut(self.n).zip(x[0].row(b)) {
                if let Some(y) = y.get_mut(index.index()) {
                    *y = F::one();
                }
            }
        }
    }

    crate::ops::not_differentiable!();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, ints, shape, values};

    #[test]
    fn forward() {
        check_op(&one_hot::new(1), one_hot::infer, &[ints([], 1)]);
        check_op(&one_hot::new(5), one_hot::infer, &[ints([2, 3], 5)]);
        let (x, y) = (ints([3], 2), shape([3, 2]));
        let mut data = [f32::NAN; 6];
        let call = Call { batch: 1, first: 0, key: 0 };
        one_hot::new(2).forward::<f32, crate::backend::Reference>(
            &call,
            &[Tensor { data: &[1.0, 0.0, 7.0], shape: &x }],
            &mut [TensorMut { data: &mut data, shape: &y, add: false }],
        );
        assert_eq!(data, [0.0, 1.0, 1.0, 0.0, 0.0, 0.0]);
    }

    #[test]
    fn errors() {
        let found = |n, indices| error(one_hot::new(n).infer(&values(&[indices])));
        assert_eq!(
            found(4, ints([], 9)),
            "`indices` has a range of 9, but the new axis [4] has room for 4"
        );
        assert_eq!(found(0, ints([], 9)), "axis 0 of [0] is zero; a size is at least 1");
        assert_eq!(
            found(4, shape([2])),
            "`indices` takes integers (labels or indices), found [2]; declare them as `Index![range; sizes]`"
        );
    }
}
