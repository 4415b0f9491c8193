//! The matrix products behind [`dot`](super::dot::dot) and [`matmul`](super::matmul::matmul).

use crate::backend::{Backend, Gemm};
use crate::float::Float;
use crate::ops::{Tensor, TensorMut, part, part_mut};
use crate::shape::{Dtype, Inferred, Message, Shape};

/// An error where `x` is not of floats.
pub(crate) const fn not_floats(x: &Shape) -> Option<Inferred> {
    let help = match x.dtype() {
        Dtype::Float => return None,
        Dtype::Int { .. } => "use `one_hot` or `cast`",
        Dtype::Bool => "use `cast`",
    };
    Some(Inferred::Error(Message::new("takes floats, found ").shape(x).help(help)))
}

/// `lead` products `C = A·B` of an `m×k` and a `k×n` matrix for each of `batch` examples.
///
/// An operand without a batch axis, or without leading axes, takes part in every product that it is
/// lacking an axis for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Product {
    pub batch: usize,
    pub lead: usize,
    pub m: usize,
    pub k: usize,
    pub n: usize,
    /// `A` is stored as `k×m`.
    pub transpose_a: bool,
    /// `B` is stored as `n×k`.
    pub transpose_b: bool,
}

/// How a matrix is stored.
#[derive(Clone, Copy)]
struct Matrix {
    rows: usize,
    columns: usize,
    strides: (usize, usize),
}

impl Matrix {
    const fn new(rows: usize, columns: usize) -> Self {
        Matrix { rows, columns, strides: (columns, 1) }
    }

    /// The transpose: the same memory.
    const fn t(self) -> Self {
        Matrix { rows: self.columns, columns: self.rows, strides: (self.strides.1, self.strides.0) }
    }

    /// The product of this and `b`.
    const fn times(self, b: Matrix, add: bool) -> Gemm {
        let (m, k, n) = (self.rows, self.columns, b.columns);
        Gemm { m, k, n, a: self.strides, b: b.strides, c: n, add }
    }
}

impl Product {
    const fn a(&self) -> Matrix {
        if self.transpose_a { Matrix::new(self.k, self.m).t() } else { Matrix::new(self.m, self.k) }
    }

    const fn b(&self) -> Matrix {
        if self.transpose_b { Matrix::new(self.n, self.k).t() } else { Matrix::new(self.k, self.n) }
    }

    const fn c(&self) -> Matrix {
        Matrix::new(self.m, self.n)
    }

    /// The products, as the number of the example and of the matrix in it.
    fn each(&self) -> impl Iterator<Item = (usize, usize)> {
        let lead = self.lead;
        (0..self.batch).flat_map(move |example| (0..lead).map(move |i| (example, i)))
    }

    /// `C = A·B`.
    #[inline(always)]
    pub fn forward<F: Float, B: Backend>(
        &self,
        a: &Tensor<'_, F>,
        b: &Tensor<'_, F>,
        c: &mut TensorMut<'_, F>,
    ) {
        let (m, k, n) = (self.m, self.k, self.n);
        let product = self.a().times(self.b(), false);
        for at in self.each() {
            B::gemm(
                &product,
                matrix(a, m * k, at),
                matrix(b, k * n, at),
                matrix_mut(c, m * n, at).0,
            );
        }
    }

    /// `dA = dC·Bᵀ`, where `da` is asked for.
    #[inline(always)]
    pub fn vjp_a<F: Float, B: Backend>(
        &self,
        b: &Tensor<'_, F>,
        dc: &Tensor<'_, F>,
        da: &mut TensorMut<'_, F>,
    ) {
        if !da.is_some() {
            return;
        }
        let (m, k, n) = (self.m, self.k, self.n);
        for at in self.each() {
            let (b, dc) = (matrix(b, k * n, at), matrix(dc, m * n, at));
            let (da, add) = matrix_mut(da, m * k, at);
            if self.transpose_a {
                B::gemm(&self.b().times(self.c().t(), add), b, dc, da);
            } else {
                B::gemm(&self.c().times(self.b().t(), add), dc, b, da);
            }
        }
    }

    /// `dB = Aᵀ·dC`, where `db` is asked for.
    #[inline(always)]
    pub fn vjp_b<F: Float, B: Backend>(
        &self,
        a: &Tensor<'_, F>,
        dc: &Tensor<'_, F>,
        db: &mut TensorMut<'_, F>,
    ) {
        if !db.is_some() {
            return;
        }
        let (m, k, n) = (self.m, self.k, self.n);
        for at in self.each() {
            let (a, dc) = (matrix(a, m * k, at), matrix(dc, m * n, at));
            let (db, add) = matrix_mut(db, k * n, at);
            if self.transpose_b {
                B::gemm(&self.c().t().times(self.a(), add), dc, a, db);
            } else {
                B::gemm(&self.a().t().times(self.c(), add), a, dc, db);
            }
        }
    }
}

/// Where matrix `i` of an example begins, and whether it has been met before.
#[inline(always)]
fn place(shape: &Shape, len: usize, (example, i): (usize, usize)) -> (usize, bool) {
    let (batched, leads) = (shape.batched(), shape.len() > len);
    let start = if batched { example * shape.len() } else { 0 } + if leads { i * len } else { 0 };
    (start, !batched && example > 0 || !leads && i > 0)
}

#[inline(always)]
fn matrix<'a, F>(x: &Tensor<'a, F>, len: usize, at: (usize, usize)) -> &'a [F] {
    part(x.data, place(x.shape, len, at).0, len)
}

/// A matrix to be written, and whether to add to it.
#[inline(always)]
fn matrix_mut<'r, F>(
    x: &'r mut TensorMut<'_, F>,
    len: usize,
    at: (usize, usize),
) -> (&'r mut [F], bool) {
    let (start, again) = place(x.shape, len, at);
    (part_mut(x.data, start, len), x.add || again)
}
