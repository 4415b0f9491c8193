//! The loop that everything dense is: rows of numbers times a matrix, a tile of columns at a time.
//!
//! Every number of the result is the sum of its products from the first to the last, none of them fused, beginning at −0: the
//! neutral element of addition. So neither the width of a tile nor the instruction set changes a bit.

use super::tile::{Tile, first};
use crate::float::Float;

/// Sums that nothing was added to.
#[inline(always)]
pub fn nothing<F: Float, const B: usize, const Q: usize>() -> Tile<F, B, Q> {
    [[F::neg_zero(); B]; Q]
}

/// `sums[q][b] += Σₖ x[q][k] · w[k · stride + b]`, over as many `k` as each of `x` has.
///
/// On a host this is a function of its own, compiled for each instruction set, that all calls share; without `std` it is part
/// of its caller, whose sizes are constants.
#[cfg(feature = "std")]
#[inline(never)]
pub fn products<F: Float, const B: usize, const Q: usize>(
    sums: Tile<F, B, Q>,
    x: [&[F]; Q],
    w: &[F],
    stride: usize,
) -> Tile<F, B, Q> {
    crate::backend::vectorised(
        #[inline(always)]
        |_| rows(sums, x, w, stride),
    )
}

/// `sums[q][b] += Σₖ x[q][k] · w[k · stride + b]`, over as many `k` as each of `x` has.
#[cfg(not(feature = "std"))]
#[inline(always)]
pub fn products<F: Float, const B: usize, const Q: usize>(
    sums: Tile<F, B, Q>,
    x: [&[F]; Q],
    w: &[F],
    stride: usize,
) -> Tile<F, B, Q> {
    let w = fresh(w);
    if stride != B {
        return rows(sums, x, w, stride);
    }
    let mut sums = sums;
    let count = x.first().map_or(0, |x| x.len());
    let x = x.map(|x| x.get(..count).unwrap_or_default());
    for (k, w) in w.as_chunks::<B>().0.iter().enumerate().take(count) {
        multiply(&mut sums, &x, k, w);
    }
    sums
}

/// Rows of `w` that are `stride` apart.
#[inline(always)]
fn rows<F: Float, const B: usize, const Q: usize>(
    mut sums: Tile<F, B, Q>,
    x: [&[F]; Q],
    w: &[F],
    stride: usize,
) -> Tile<F, B, Q> {
    let count = x.first().map_or(0, |x| x.len());
    let x = x.map(|x| x.get(..count).unwrap_or_default());
    for k in 0..count {
        let w = w.get(k * stride..).unwrap_or_default();
        match w.first_chunk::<B>() {
            Some(w) => multiply(&mut sums, &x, k, w),
            None => multiply(&mut sums, &x, k, &first(w)),
        }
    }
    sums
}

/// The products of the number `k` of each row with a row of `w`.
#[inline(always)]
fn multiply<F: Float, const B: usize, const Q: usize>(
    sums: &mut Tile<F, B, Q>,
    x: &[&[F]; Q],
    k: usize,
    w: &[F; B],
) {
    for (sums, x) in sums.iter_mut().zip(x) {
        let Some(x) = x.get(k) else { continue };
        for (sum, w) in sums.iter_mut().zip(w) {
            *sum += *x * *w;
        }
    }
}

/// The same numbers, of which the compiler does not know that they were read before: so that it reads weights from flash again
/// where it would otherwise keep them on the stack, which is no nearer.
#[cfg(not(feature = "std"))]
#[inline(always)]
fn fresh<F>(numbers: &[F]) -> &[F] {
    #[cfg(any(target_arch = "arm", target_arch = "riscv32"))]
    {
        let mut start = numbers.as_ptr();
        // SAFETY: there is no instruction; `start` is what it was.
        unsafe {
            core::arch::asm!("/* {0} */", inout(reg) start, options(nomem, nostack, preserves_flags));
        }
        // SAFETY: the very slice that was given.
        return unsafe { core::slice::from_raw_parts(start, numbers.len()) };
    }
    #[cfg(not(any(target_arch = "arm", target_arch = "riscv32")))]
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::uniform;
    use std::vec::Vec;

    fn numbers(key: u64, len: usize) -> Vec<f32> {
        (0..len as u64).map(|i| uniform::<f32>(key, i) - 0.5).collect()
    }

    #[test]
    fn a_tile_has_the_bits_of_the_sums_one_by_one() {
        let (k, n) = (37, 23);
        let (x, w) = ([numbers(1, k), numbers(2, k)], numbers(3, k * n));
        // The last tile may be wider than what is left of a row where tiles are as wide as registers.
        let last = if cfg!(feature = "std") { 16 } else { 15 };
        for column in [0, 4, last] {
            let tile: Tile<f32, 8, 2> = products(nothing(), [&x[0], &x[1]], &w[column..], n);
            for (q, x) in x.iter().enumerate() {
                for b in 0..8.min(n - column) {
                    let sum = (0..k).fold(-0.0, |sum, i| sum + x[i] * w[i * n + column + b]);
                    assert_eq!(tile[q][b].to_bits(), f32::to_bits(sum));
                }
            }
        }
    }
}
