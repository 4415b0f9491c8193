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

/// `C = A·B` or `C += A·B`, row by row of `C`. Each sum is in the order of the numbers and begins with what is in `C`, or with
/// −0, which changes no sum: the bits are those of [`Reference`](super::Reference).
pub(super) fn product<F: Float>(g: &Gemm, a: &[F], b: &[F], c: &mut [F]) {
    for (i, c) in c.chunks_mut(g.c.max(1)).enumerate().take(g.m) {
        let c = c.get_mut(..g.n).unwrap_or_default();
        if !g.add {
            c.fill(-F::zero());
        }
        let a = strided(a, i * g.a.0, g.a.1).take(g.k);
        // Columns side by side are summed together; others one by one.
        let (together, rest) =
            if g.b.1 == 1 && g.b.0 >= SUMS { c.as_chunks_mut::<SUMS>() } else { (&mut [][..], c) };
        let done = together.len() * SUMS;
        for (j, c) in together.iter_mut().enumerate() {
            columns(a.clone(), b.get(j * SUMS..).unwrap_or_default(), g.b.0, c);
        }
        for (j, c) in rest.iter_mut().enumerate() {
            let b = strided(b, (done + j) * g.b.1, g.b.0);
            *c = a.clone().zip(b).fold(*c, |sum, (a, b)| sum + *a * *b);
        }
    }
}

/// Every `stride`-th number from `start` on.
#[inline(always)]
fn strided<F>(x: &[F], start: usize, stride: usize) -> impl Iterator<Item = &F> + Clone {
    x.get(start..).unwrap_or_default().iter().step_by(stride.max(1))
}

/// Adds the product of a row of `A` with the first columns of `B`, whose rows are `stride` apart.
#[inline(always)]
fn columns<'a, F: Float>(
    a: impl Iterator<Item = &'a F>,
    b: &[F],
    stride: usize,
    c: &mut [F; SUMS],
) {
    let mut sums = *c;
    for (a, b) in a.zip(b.chunks(stride.max(1))) {
        // A length known here: all sums stay in registers.
        let Some(b) = b.first_chunk::<SUMS>() else { break };
        for (sum, b) in sums.iter_mut().zip(b) {
            *sum += *a * *b;
        }
    }
    *c = sums;
}
