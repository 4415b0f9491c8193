//! Plain loops: the oracle in tests.

use super::{Backend, Gemm};
use crate::elementwise::{Nest, Rows};
use crate::float::Float;

/// The backend of plain loops.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reference;

/// Number `i`, which is there. Not an index: the code of a panic would be in firmware.
#[inline(always)]
fn number<T: Copy + Default>(x: &[T], i: usize) -> T {
    debug_assert!(i < x.len(), "there is no number {i} among {}", x.len());
    x.get(i).copied().unwrap_or_default()
}

/// Changes number `i`, which is there.
#[inline(always)]
fn change<F>(y: &mut [F], i: usize, f: impl FnOnce(&mut F)) {
    debug_assert!(i < y.len(), "there is no number {i} among {}", y.len());
    if let Some(y) = y.get_mut(i) {
        f(y);
    }
}

/// Where each operand's number for number `i` of the output is.
fn offsets<const N: usize>(nest: &Nest<N>, i: usize) -> [usize; N] {
    let len = nest.len().max(1);
    let (row, mut rest) = (i / len, i % len);
    let mut at = nest.batch.map(|stride| row * stride);
    for axis in (0..nest.rank).rev() {
        let size = number(&nest.sizes, axis).max(1);
        for (at, strides) in at.iter_mut().zip(&nest.strides) {
            *at += rest % size * number(strides, axis);
        }
        rest /= size;
    }
    at
}

/// The operands' numbers for number `i` of the output.
fn operands<F: Float, const N: usize>(nest: &Nest<N>, x: [&[F]; N], i: usize) -> [F; N] {
    let mut found = [F::zero(); N];
    for ((found, x), at) in found.iter_mut().zip(x).zip(offsets(nest, i)) {
        *found = number(x, at);
    }
    found
}

impl Backend for Reference {
    const NAME: &'static str = "reference";

    fn gemm<F: Float>(product: &Gemm, a: &[F], b: &[F], c: &mut [F]) {
        let &Gemm { m, k, n, a: (a_row, a_column), b: (b_row, b_column), c: c_row, add } = product;
        for i in 0..m {
            for j in 0..n {
                // −0 is what changes no sum: 0 + −0 is 0.
                let mut sum = if add { number(c, i * c_row + j) } else { -F::zero() };
                for p in 0..k {
                    let a = number(a, i * a_row + p * a_column);
                    sum += a * number(b, p * b_row + j * b_column);
                }
                change(c, i * c_row + j, |c| *c = sum);
            }
        }
    }

    fn map<F: Float, const C: usize, const N: usize>(
        nest: &Nest<N>,
        batch: usize,
        consts: &[F; C],
        x: [&[F]; N],
        y: &mut [F],
        f: impl Fn(&[F; C], [F; N]) -> F,
    ) {
        for (i, y) in y.iter_mut().enumerate().take(nest.total(batch)) {
            *y = f(consts, operands(nest, x, i));
        }
    }

    fn map_vjp<F: Float, const C: usize, const N: usize, const M: usize>(
        nest: &Nest<N>,
        targets: &Nest<M>,
        batch: usize,
        consts: &[F; C],
        x: [&[F]; N],
        mut dx: [&mut [F]; M],
        add: [bool; M],
        f: impl Fn(&[F; C], [F; N]) -> [F; M],
    ) {
        for (dx, add) in dx.iter_mut().zip(add) {
            if !add {
                dx.fill(F::zero());
            }
        }
        for i in 0..nest.total(batch) {
            let d = f(consts, operands(nest, x, i));
            for ((dx, d), at) in dx.iter_mut().zip(d).zip(offsets(targets, i)) {
                if !dx.is_empty() {
                    change(dx, at, |dx| *dx += d);
                }
            }
        }
    }

    fn reduce<F: Float>(rows: Rows, start: F, x: &[F], y: &mut [F], f: impl Fn(F, F) -> F) {
        for o in 0..rows.outer {
            for i in 0..rows.inner {
                let numbers =
                    (0..rows.middle).map(|m| number(x, (o * rows.middle + m) * rows.inner + i));
                let folded = numbers.fold(start, &f);
                change(y, o * rows.inner + i, |y| *y = folded);
            }
        }
    }
}
