//! The loop that everything dense is: rows of numbers times a matrix, a tile of columns at a time.
//!
//! Every number of the result is the sum of its products from the first to the last, none of them fused, beginning at −0: the
//! neutral element of addition. So neither the width of a tile nor the instruction set changes a bit.

use super::opaque::{fresh, fresh_if_soft, rolled, rolled_if_soft};
use super::tile::{Tile, first};
use crate::float::Float;

/// Sums that nothing was added to.
#[inline(always)]
pub fn nothing<F: Float, const B: usize, const Q: usize>() -> Tile<F, B, Q> {
    [[F::neg_zero(); B]; Q]
}

/// Rows of numbers in a value: so many, so long, and so far apart.
#[derive(Clone, Copy, Debug)]
pub struct Rows {
    /// How many.
    pub count: usize,
    /// How many numbers each has.
    pub len: usize,
    /// From the beginning of one to that of the next.
    pub apart: usize,
}

/// `sums[q][b] += Σᵣ Σₖ x[q][r · apart + k] · w[(r · len + k) · stride + b]`: the numbers of `rows` of each of `x`, which are
/// one row of the matrix `w`.
///
/// With `PACKED` the rows of `w` are the blocks of a frozen matrix, and `stride` does not count.
#[inline(always)]
pub fn products<F: Float, const PACKED: bool, const B: usize, const Q: usize>(
    mut sums: Tile<F, B, Q>,
    x: [&[F]; Q],
    w: &[F],
    stride: usize,
    rows: Rows,
) -> Tile<F, B, Q> {
    let stride = if const { PACKED } { B } else { stride };
    for row in 0..rolled(rows.count) {
        let start = row * rows.apart;
        let x = x.map(|x| fresh_if_soft(x).get(start..start + rows.len).unwrap_or_default());
        let w = w.get(row * rows.len * stride..).unwrap_or_default();
        sums = if const { PACKED } { packed(sums, x, w) } else { strided(sums, x, w, stride) };
    }
    sums
}

/// [`products`] of several rows: where code should be small, one function for all of a model. Not where floats are functions: there
/// the loops themselves are small, and a frame more would be under them.
#[cfg_attr(all(optimize_for_size, not(soft_float)), inline(never))]
#[cfg_attr(not(all(optimize_for_size, not(soft_float))), inline(always))]
pub fn window_products<F: Float, const PACKED: bool, const B: usize, const Q: usize>(
    sums: Tile<F, B, Q>,
    x: [&[F]; Q],
    w: &[F],
    stride: usize,
    rows: Rows,
) -> Tile<F, B, Q> {
    products::<F, PACKED, B, Q>(sums, x, w, stride, rows)
}

/// A row of numbers times the blocks of a frozen matrix.
#[inline(always)]
fn packed<F: Float, const B: usize, const Q: usize>(
    mut sums: Tile<F, B, Q>,
    x: [&[F]; Q],
    w: &[F],
) -> Tile<F, B, Q> {
    let count = x.first().map_or(0, |x| x.len());
    let x = x.map(|x| x.get(..count).unwrap_or_default());
    for (k, w) in fresh(w).as_chunks::<B>().0.iter().enumerate().take(rolled_if_soft(count)) {
        multiply(&mut sums, &x.map(fresh_if_soft), k, w);
    }
    sums
}

/// A row of numbers times rows of `w` that are `stride` apart.
///
/// On a host this is a function of its own, compiled for each instruction set, that all calls share.
#[cfg(feature = "std")]
#[inline(never)]
fn strided<F: Float, const B: usize, const Q: usize>(
    sums: Tile<F, B, Q>,
    x: [&[F]; Q],
    w: &[F],
    stride: usize,
) -> Tile<F, B, Q> {
    crate::backend::vectorised(
        #[inline(always)]
        |_| each_row(sums, x, w, stride),
    )
}

/// A row of numbers times rows of `w` that are `stride` apart.
#[cfg(not(feature = "std"))]
#[inline(always)]
fn strided<F: Float, const B: usize, const Q: usize>(
    sums: Tile<F, B, Q>,
    x: [&[F]; Q],
    w: &[F],
    stride: usize,
) -> Tile<F, B, Q> {
    each_row(sums, x, fresh(w), stride)
}

#[inline(always)]
fn each_row<F: Float, const B: usize, const Q: usize>(
    mut sums: Tile<F, B, Q>,
    x: [&[F]; Q],
    w: &[F],
    stride: usize,
) -> Tile<F, B, Q> {
    let count = x.first().map_or(0, |x| x.len());
    let x = x.map(|x| x.get(..count).unwrap_or_default());
    for k in 0..rolled_if_soft(count) {
        let w = w.get(k * stride..).unwrap_or_default();
        match w.first_chunk::<B>() {
            Some(w) => multiply(&mut sums, &x, k, w),
            None => multiply(&mut sums, &x, k, &first(w)),
        }
    }
    sums
}

/// The products of the number `k` of each row with a row of `w`: column by column, so that each weight is used by all rows while
/// it is in a register.
#[inline(always)]
fn multiply<F: Float, const B: usize, const Q: usize>(
    sums: &mut Tile<F, B, Q>,
    x: &[&[F]; Q],
    k: usize,
    w: &[F; B],
) {
    let x = x.map(|x| x.get(k).copied().unwrap_or_default());
    for b in 0..B {
        for q in 0..Q {
            sums[q][b] += x[q] * w[b];
        }
    }
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
        let (k, n) = (38, 23);
        let (x, w) = ([numbers(1, k), numbers(2, k)], numbers(3, k * n));
        // The last tile may be wider than what is left of a row where tiles are as wide as registers.
        let last = if cfg!(feature = "std") { 16 } else { 15 };
        for column in [0, 4, last] {
            // The numbers as two rows.
            let rows = Rows { count: 2, len: k / 2, apart: k / 2 };
            let x = [&x[0][..], &x[1][..]];
            let tile = products::<f32, false, 8, 2>(nothing(), x, &w[column..], n, rows);
            for (q, x) in x.iter().enumerate() {
                for b in 0..8.min(n - column) {
                    let sum = (0..k).fold(-0.0, |sum, i| sum + x[i] * w[i * n + column + b]);
                    assert_eq!(tile[q][b].to_bits(), f32::to_bits(sum));
                }
            }
        }
    }

    #[test]
    fn a_frozen_matrix_gives_the_same() {
        let (k, n) = (6, 4);
        let (x, w) = (numbers(1, 9), numbers(3, k * n));
        let rows = Rows { count: 2, len: 3, apart: 5 };
        let plain = products::<f32, false, 4, 1>(nothing(), [&x], &w, n, rows);
        assert_eq!(products::<f32, true, 4, 1>(nothing(), [&x], &w, 0, rows), plain);
    }
}
