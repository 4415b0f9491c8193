//! `dot`: the matrix product of `Dense`.

use super::product::{Product, not_floats};
use crate::backend::Backend;
use crate::float::Float;
use crate::infer::{At, Inference, Inputs, Rows, Tile, nothing, products};
use crate::memory::Run;
use crate::ops::{Call, Op, Tensor, TensorMut, Tiles};
use crate::shape::{Inferred, Meaning, Message, Shape, shapes};
use crate::site::Keeps;

/// `dot(x, w)`: contracts the last axis of `x` with the first axis of `w`.
///
/// ```text
/// y[.., j] = Σᵢ x[.., i] · w[i, j]        dx = dy · wᵀ        dw = xᵀ · dy
/// ```
///
/// # Arguments
/// * `x`: floats `[.., n]`, of rank 1 or more.
/// * `w`: floats `[n, units]` or `[n]`. Without a batch axis (a weight) all rows of the batch make
///   one product; with one, each example has its own.
///
/// # Output
/// `[.., units]`, or `[..]` where `w` is a vector: two vectors give a scalar.
///
/// # Errors
/// The last axis of `x` is not as long as the first of `w`; a scalar; a `w` of rank 3 or more, which is for
/// [`matmul`](super::matmul::matmul); numbers other than floats.
///
/// ```text
/// dot(x, self.kernel) + self.bias
/// ```
///
/// Follows `keras.ops.dot`, without its contraction of the second-last axis for `w` of rank 3 and more.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug, Default)]
pub struct dot {}

impl dot {
    /// No constants.
    pub const fn new() -> Self {
        Self {}
    }

    /// The shape rule.
    pub const fn infer(&self, inputs: &[Inferred]) -> Inferred {
        shapes!(inputs => [x, w]);
        if let (Some(error), _) | (None, Some(error)) = (not_floats(&x), not_floats(&w)) {
            return error;
        }
        if x.rank() == 0 || w.rank() == 0 || w.rank() > 2 {
            return Inferred::Error(
                Message::new("takes [.., n] and [n, units] or [n], found ")
                    .shape(&x)
                    .str(" and ")
                    .shape(&w),
            );
        }
        if x.last().get() != w.size(0) {
            return Inferred::Error(
                Message::new("the last axis of ")
                    .shape(&x)
                    .str(" must equal the first of ")
                    .shape(&w),
            );
        }
        let y = x.without(x.rank() - 1).with_batch(x.batched() || w.batched());
        if w.rank() == 1 {
            return Inferred::Ok(y);
        }
        match y.pushed(w.last()) {
            Inferred::Ok(y) => y.checked(),
            error => error,
        }
    }

    /// Tiles of columns, where `w` is one matrix.
    const fn inference(&self, inputs: &[Inferred]) -> Inference {
        let [Inferred::Ok(x), Inferred::Ok(w)] = inputs else { return Inference::OPAQUE };
        let macs = x.len() * w.product(1, w.rank());
        if w.rank() != 2 {
            return Inference::OPAQUE.macs(macs);
        }
        let tiles = Inference { packs: w.size(1), pairs: x.len() > w.size(0), ..Inference::TILES };
        tiles.product(macs)
    }

    const fn sizes(&self, inputs: &[Inferred]) -> Sizes {
        let [Inferred::Ok(x), Inferred::Ok(w)] = inputs else {
            return Sizes { k: 0, n: 0, inner: 0 };
        };
        let inner = if x.rank() < 2 { 1 } else { x.size(x.rank() - 2) };
        Sizes { k: w.size(0), n: w.size(1), inner }
    }

    #[inline(always)]
    fn product(call: &Call, x: &Shape, w: &Shape) -> Product {
        let (k, n) = (w.size(0), w.product(1, w.rank()));
        let rows = x.len() / k;
        let (batch, m) = if w.batched() { (call.batch, rows) } else { (1, call.rows(x) * rows) };
        Product { batch, lead: 1, m, k, n, transpose_a: false, transpose_b: false }
    }
}

impl Op for dot {
    const KEEPS: Keeps = Keeps::INPUTS;
    const MEANING: Option<Meaning> = Some(Meaning::Affine);
    const SETS: bool = true;

    #[inline(always)]
    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let ([x, w], [y]) = (x, y) else { return };
        Self::product(call, x.shape, w.shape).forward::<F, B>(x, w, y);
    }

    #[inline(always)]
    fn vjp<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        _: &[Tensor<'_, F>],
        dy: &[Tensor<'_, F>],
        dx: &mut [TensorMut<'_, F>],
    ) {
        let ([x, w], [dy], [dx, dw]) = (x, dy, dx) else { return };
        let product = Self::product(call, x.shape, w.shape);
        product.vjp_a::<F, B>(w, dy, dx);
        product.vjp_b::<F, B>(x, dy, dw);
    }
}

/// The matrix, and how many rows of `x` are side by side.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    k: usize,
    n: usize,
    inner: usize,
}

impl Tiles for Sizes {
    #[inline(always)]
    fn raw<F: Float, X: Inputs<F>, const B: usize, const Q: usize>(
        self,
        run: &Run<'_, F>,
        x: &X,
        at: At,
    ) -> Tile<F, B, Q> {
        let (numbers, w) = (run.numbers(x.place(0)), run.numbers(x.place(1)));
        self.sums::<F, B, Q>(numbers, w, x.is_packed(1), at)
    }
}

impl Sizes {
    /// On a host one function for all that is given.
    #[cfg_attr(not(feature = "std"), inline(always))]
    fn sums<F: Float, const B: usize, const Q: usize>(
        self,
        numbers: &[F],
        w: &[F],
        is_packed: bool,
        at: At,
    ) -> Tile<F, B, Q> {
        let Sizes { k, n, inner } = self;
        let numbers = core::array::from_fn(|q| {
            let row = at.outer * inner + at.inner + q;
            numbers.get(row * k..(row + 1) * k).unwrap_or_default()
        });
        let rows = Rows { count: 1, len: k, apart: 0 };
        if is_packed {
            let w = w.get(at.column * k..(at.column + B) * k).unwrap_or_default();
            products::<F, true, B, Q>(nothing(), numbers, w, B, rows)
        } else {
            let w = w.get(at.column..).unwrap_or_default();
            products::<F, false, B, Q>(nothing(), numbers, w, n, rows)
        }
    }
}

crate::ops::op!(dot, DotAt, tiles);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, ints, outputs, shape, values};

    #[test]
    fn forward() {
        let y = outputs(
            &dot {},
            dot::infer,
            &[(shape([2]), &[1., 2.]), (shape([2, 2]), &[3., 4., 5., 6.])],
        );
        assert_eq!(y, [[13., 16.]]);
    }

    #[test]
    fn vjp() {
        check_op(&dot {}, dot::infer, &[shape([3]), shape([3, 2])]);
        check_op(&dot {}, dot::infer, &[shape([2, 3, 5]), shape([5, 1])]);
        check_op(&dot {}, dot::infer, &[shape([2, 3]), shape([3])]);
        check_op(&dot {}, dot::infer, &[shape([3]), shape([3])]);
    }

    #[test]
    fn shapes() {
        let infer = |x, w| dot {}.infer(&values(&[x, w]));
        assert!(infer(shape([7, 3]), shape([3, 2])).get().same_sizes(&shape([7, 2])));
        assert!(infer(shape([3]), shape([3])).get().same_sizes(&shape([])));
        assert_eq!(
            error(infer(shape([10]), shape([12, 4]))),
            "the last axis of [10] must equal the first of [12, 4]"
        );
        assert_eq!(
            error(infer(shape([10]), shape([]))),
            "takes [.., n] and [n, units] or [n], found [10] and []"
        );
        assert_eq!(
            error(infer(ints([10], 3), shape([10, 4]))),
            "takes floats, found integers [10]; use `one_hot` or `cast`"
        );
    }
}
