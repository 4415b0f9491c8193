//! Matrix products in plain Rust: small code, no packing, no panics; for targets without kernels of their own.

use super::Gemm;
use crate::float::Float;

/// How many sums are kept in registers; a Cortex-M4F has 32 of `f32`.
const SUMS: usize = 8;

/// There are no register tiles here.
#[cfg(all(feature = "std", not(target_arch = "x86_64")))]
pub(super) fn exist() -> bool {
    false
}

/// `C = A·B` or `C += A·B`, row by row of `C`.
pub(super) fn product<F: Float>(g: &Gemm, a: &[F], b: &[F], c: &mut [F]) {
    for (i, c) in c.chunks_mut(g.n.max(1)).enumerate().take(g.m) {
        let a = strided(a, i * g.a.0, g.a.1).take(g.k);
        // Columns side by side are summed together; others one by one.
        let (together, rest) =
            if g.b.1 == 1 && g.b.0 >= SUMS { c.as_chunks_mut::<SUMS>() } else { (&mut [][..], c) };
        let done = together.len() * SUMS;
        for (j, c) in together.iter_mut().enumerate() {
            put(c, &columns(a.clone(), b.get(j * SUMS..).unwrap_or_default(), g.b.0), g.add);
        }
        for (j, c) in rest.iter_mut().enumerate() {
            let b = strided(b, (done + j) * g.b.1, g.b.0);
            let sum = a.clone().zip(b).fold(F::zero(), |sum, (a, b)| sum + *a * *b);
            put(core::slice::from_mut(c), &[sum], g.add);
        }
    }
}

/// Every `stride`-th number from `start` on.
#[inline(always)]
fn strided<F>(x: &[F], start: usize, stride: usize) -> impl Iterator<Item = &F> + Clone {
    x.get(start..).unwrap_or_default().iter().step_by(stride.max(1))
}

/// The product of a row of `A` with the first columns of `B`, whose rows are `stride` apart.
#[inline(always)]
fn columns<'a, F: Float>(a: impl Iterator<Item = &'a F>, b: &[F], stride: usize) -> [F; SUMS] {
    let mut sums = [F::zero(); SUMS];
    for (a, b) in a.zip(b.chunks(stride.max(1))) {
        // A length known here: all sums stay in registers.
        let Some(b) = b.first_chunk::<SUMS>() else { break };
        for (sum, b) in sums.iter_mut().zip(b) {
            *sum += *a * *b;
        }
    }
    sums
}

#[inline(always)]
fn put<F: Float>(c: &mut [F], sums: &[F], add: bool) {
    for (c, sum) in c.iter_mut().zip(sums) {
        *c = if add { *c + *sum } else { *sum };
    }
}
