//! `matmul`: matrix products of each example.

use super::product::{Product, not_floats};
use crate::backend::Backend;
use crate::float::Float;
use crate::ops::{Call, Op, Tensor, TensorMut};
use crate::shape::{Inferred, Message, Shape, shapes};
use crate::site::Keeps;

/// `matmul(a, b)`: the product of the matrices in the last two axes.
///
/// ```text
/// y[.., i, j] = Σₗ a[.., i, l] · b[.., l, j]        da = dy · bᵀ        db = aᵀ · dy
/// ```
///
/// # Arguments
/// * `a`: floats `[.., m, k]`; with `transpose_a = true` floats `[.., k, m]`.
/// * `b`: floats `[.., k, n]`; with `transpose_b = true` floats `[.., n, k]`.
///
/// The leading axes must be equal, or be missing on one side, whose one matrix then takes part in
/// every product.
///
/// # Output
/// `[.., m, n]`.
///
/// # Errors
/// An operand of rank below 2; inner axes or leading axes that differ; numbers other than floats.
///
/// ```text
/// let scores = matmul(query, key, transpose_b = true);
/// ```
///
/// Follows `keras.ops.matmul`; the transpositions are those of `tf.linalg.matmul`.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug, Default)]
pub struct matmul {
    transpose_a: bool,
    transpose_b: bool,
}

impl matmul {
    /// Of matrices as they are.
    pub const fn new() -> Self {
        matmul { transpose_a: false, transpose_b: false }
    }

    /// Whether the matrices of `a` are stored as `[k, m]`.
    pub const fn transpose_a(self, transpose_a: bool) -> Self {
        matmul { transpose_a, ..self }
    }

    /// Whether the matrices of `b` are stored as `[n, k]`.
    pub const fn transpose_b(self, transpose_b: bool) -> Self {
        matmul { transpose_b, ..self }
    }

    /// The shape rule.
    pub const fn infer(&self, inputs: &[Inferred]) -> Inferred {
        shapes!(inputs => [a, b]);
        if let (Some(error), _) | (None, Some(error)) = (not_floats(&a), not_floats(&b)) {
            return error;
        }
        if a.rank() < 2 || b.rank() < 2 {
            return Inferred::Error(
                Message::new("takes [.., m, k] and [.., k, n], found ")
                    .shape(&a)
                    .str(" and ")
                    .shape(&b)
                    .help("for a vector use `dot`"),
            );
        }
        let (row, inner) = if self.transpose_a { (1, 2) } else { (2, 1) };
        let (other_inner, column) = if self.transpose_b { (1, 2) } else { (2, 1) };
        if a.size(a.rank() - inner) != b.size(b.rank() - other_inner) {
            return Inferred::Error(
                Message::new("the ")
                    .str(if inner == 1 { "last" } else { "second-last" })
                    .str(" axis of ")
                    .shape(&a)
                    .str(" must equal the ")
                    .str(if other_inner == 1 { "last" } else { "second-last" })
                    .str(" of ")
                    .shape(&b),
            );
        }
        let leads = if a.rank() >= b.rank() { a } else { b };
        if a.rank() > 2 && b.rank() > 2 && !same_leads(&a, &b) {
            return Inferred::Error(
                Message::new("the leading axes of ")
                    .shape(&a)
                    .str(" and ")
                    .shape(&b)
                    .str(" must be equal, or missing on one side"),
            );
        }
        let y = leads.with_batch(a.batched() || b.batched());
        let y = y.with_dim(y.rank() - 2, a.dim(a.rank() - row));
        y.with_dim(y.rank() - 1, b.dim(b.rank() - column)).checked()
    }

    #[inline(always)]
    fn product(&self, call: &Call, a: &Shape, b: &Shape, y: &Shape) -> Product {
        let (m, n) = (y.size(y.rank() - 2), y.size(y.rank() - 1));
        let k = a.size(a.rank() - if self.transpose_a { 2 } else { 1 });
        let (batch, lead) = (call.rows(y), y.product(0, y.rank() - 2));
        let product = Product {
            batch,
            lead,
            m,
            k,
            n,
            transpose_a: self.transpose_a,
            transpose_b: self.transpose_b,
        };
        // One `b` for all: the matrices of `a` below each other are one matrix.
        let one = b.len() == k * n && !b.batched() && a.len() == lead * m * k && !self.transpose_a;
        if one && (a.batched() || batch == 1) {
            return Product { batch: 1, lead: 1, m: batch * lead * m, ..product };
        }
        product
    }
}

/// Whether the axes before the last two are equal.
const fn same_leads(a: &Shape, b: &Shape) -> bool {
    if a.rank() != b.rank() {
        return false;
    }
    let mut axis = 0;
    while axis + 2 < a.rank() {
        if a.size(axis) != b.size(axis) {
            return false;
        }
        axis += 1;
    }
    true
}

impl Op for matmul {
    const KEEPS: Keeps = Keeps::INPUTS;
    const SETS: bool = true;

    #[inline(always)]
    fn forward<F: Float, B: Backend>(
        &self,
        call: &Call,
        x: &[Tensor<'_, F>],
        y: &mut [TensorMut<'_, F>],
    ) {
        let ([a, b], [y]) = (x, y) else { return };
        self.product(call, a.shape, b.shape, y.shape).forward::<F, B>(a, b, y);
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
        let ([a, b], [dy], [da, db]) = (x, dy, dx) else { return };
        let product = self.product(call, a.shape, b.shape, dy.shape);
        product.vjp_a::<F, B>(b, dy, da);
        product.vjp_b::<F, B>(a, dy, db);
    }
}

crate::ops::op!(matmul, MatmulAt);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::{check_op, error, outputs, shape, values};

    #[test]
    fn forward() {
        let y = outputs(
            &matmul::new().transpose_b(true),
            matmul::infer,
            &[(shape([1, 2]), &[1., 2.]), (shape([2, 2]), &[3., 4., 5., 6.])],
        );
        assert_eq!(y, [[11., 17.]]);
    }

    #[test]
    fn vjp() {
        let op = matmul::new();
        check_op(&op, matmul::infer, &[shape([2, 3]), shape([3, 5])]);
        check_op(&op, matmul::infer, &[shape([2, 1, 3]), shape([2, 3, 2])]);
        check_op(&op, matmul::infer, &[shape([2, 2, 3]), shape([3, 2])]);
        check_op(&op, matmul::infer, &[shape([2, 3]), shape([3, 3, 1])]);
        let (a, b) = (op.transpose_a(true), op.transpose_b(true));
        check_op(&a, matmul::infer, &[shape([2, 3, 2]), shape([2, 3, 4])]);
        check_op(&b, matmul::infer, &[shape([2, 2, 3]), shape([2, 4, 3])]);
        check_op(&b, matmul::infer, &[shape([2, 2, 3]), shape([4, 3])]);
        check_op(&a.transpose_b(true), matmul::infer, &[shape([3, 2]), shape([4, 3])]);
    }

    #[test]
    fn shapes() {
        let infer = |a, b| matmul::new().infer(&values(&[a, b]));
        assert!(infer(shape([4, 7, 3]), shape([3, 2])).get().same_sizes(&shape([4, 7, 2])));
        assert_eq!(
            error(infer(shape([7, 3]), shape([7, 3]))),
            "the last axis of [7, 3] must equal the second-last of [7, 3]"
        );
        assert_eq!(
            error(infer(shape([2, 7, 3]), shape([5, 3, 4]))),
            "the leading axes of [2, 7, 3] and [5, 3, 4] must be equal, or missing on one side"
        );
    }
}
