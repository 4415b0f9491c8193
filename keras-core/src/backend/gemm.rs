//! Matrix products that are small or thin, in register tiles.
//!
//! A tile is a few rows of `C` and so many columns that its sums fill eight vector registers: enough independent sums to
//! hide the latency of a multiply-add, few enough to leave registers for `A` and `B`. Wider tiles and other ways of writing
//! the loop have been fifty times slower, where the compiler kept the sums in memory: measure every change of this file.

use super::{Gemm, simd::Isa};
use crate::float::Float;

/// How many rows of `B` are packed at a time: 8 KiB with 32 columns of `f32`.
const BLOCK: usize = 64;

/// A product with the tiles of an instruction set.
#[inline(always)]
pub(super) fn product<F: Float>(isa: Isa, g: &Gemm, a: &[F], b: &[F], c: &mut [F]) {
    if g.k == 0 {
        if !g.add {
            c.fill(F::zero());
        }
        return;
    }
    match isa {
        #[cfg(all(feature = "std", target_arch = "x86_64"))]
        Isa::Avx512 => tiles::<F, true, 128, 32, 16>(g, a, b, c),
        #[cfg(all(feature = "std", target_arch = "x86_64"))]
        Isa::Avx2 => tiles::<F, true, 64, 16, 8>(g, a, b, c),
        #[cfg(feature = "std")]
        Isa::Plain => tiles::<F, false, 32, 8, 4>(g, a, b, c),
        #[cfg(not(feature = "std"))]
        Isa::Plain => rows::<F>(g, a, b, c),
    }
}

/// Tiles of one row of `ROW` columns, four of `WIDE` and eight of `NARROW`; `FUSED` multiply-adds where the target has them.
#[inline(always)]
fn tiles<F: Float, const FUSED: bool, const ROW: usize, const WIDE: usize, const NARROW: usize>(
    g: &Gemm,
    a: &[F],
    b: &[F],
    c: &mut [F],
) {
    let mut j = 0;
    if g.m < 4 && g.b.1 == 1 {
        while j + ROW <= g.n {
            strip::<F, FUSED, 1, ROW>(g, a, b, c, j, ROW);
            j += ROW;
        }
    }
    while j < g.n {
        let left = g.n - j;
        if left > NARROW {
            strip::<F, FUSED, 4, WIDE>(g, a, b, c, j, left.min(WIDE));
            j += WIDE;
        } else {
            strip::<F, FUSED, 8, NARROW>(g, a, b, c, j, left);
            j += NARROW;
        }
    }
}

/// All rows of the `width ≤ W` columns of `C` from `j` on. Columns of `B` that are not side by side, or fewer than `W`, are packed.
#[inline(always)]
fn strip<F: Float, const FUSED: bool, const R: usize, const W: usize>(
    g: &Gemm,
    a: &[F],
    b: &[F],
    c: &mut [F],
    j: usize,
    width: usize,
) {
    let b = b.get(j * g.b.1..).unwrap_or_default();
    if g.b.1 == 1 && width == W {
        return block::<F, FUSED, R, W>(g, a, b, g.b.0, c, j, width);
    }
    let mut packed = [[F::zero(); W]; BLOCK];
    for p in (0..g.k).step_by(BLOCK) {
        let part = Gemm { k: BLOCK.min(g.k - p), add: g.add || p > 0, ..*g };
        let (a, b) =
            (a.get(p * g.a.1..).unwrap_or_default(), b.get(p * g.b.0..).unwrap_or_default());
        pack(&part, b, width, &mut packed);
        block::<F, FUSED, R, W>(&part, a, packed.as_flattened(), W, c, j, width);
    }
}

/// Copies the first `width` columns of `g.k` rows of `B`.
#[inline(always)]
fn pack<F: Float, const W: usize>(g: &Gemm, b: &[F], width: usize, packed: &mut [[F; W]; BLOCK]) {
    for (p, to) in packed.iter_mut().enumerate().take(g.k) {
        let row = b.get(p * g.b.0..).unwrap_or_default();
        match row.first_chunk() {
            // What follows the row does not matter: those columns are not stored.
            Some(row) if g.b.1 == 1 => *to = *row,
            _ => to
                .iter_mut()
                .zip(row.iter().step_by(g.b.1.max(1)))
                .take(width)
                .for_each(|(to, b)| *to = *b),
        }
    }
}

/// All rows of a strip, where `B` is row-major with rows `row` apart.
#[inline(always)]
fn block<F: Float, const FUSED: bool, const R: usize, const W: usize>(
    g: &Gemm,
    a: &[F],
    b: &[F],
    row: usize,
    c: &mut [F],
    j: usize,
    width: usize,
) {
    let mut i = 0;
    while i < g.m {
        let a = a.get(i * g.a.0..).unwrap_or_default();
        let c = c.get_mut(i * g.n + j..).unwrap_or_default();
        if i + R <= g.m {
            store(&tile::<F, FUSED, R, W>(g, a, b, row), c, g.n, width, g.add);
            i += R;
        } else {
            store(&tile::<F, FUSED, 1, W>(g, a, b, row), c, g.n, width, g.add);
            i += 1;
        }
    }
}

/// The sums of `R` rows and `W` columns.
#[inline(always)]
fn tile<F: Float, const FUSED: bool, const R: usize, const W: usize>(
    g: &Gemm,
    a: &[F],
    b: &[F],
    row: usize,
) -> [[F; W]; R] {
    let mut sums = [[F::zero(); W]; R];
    for p in 0..g.k {
        let Some(b) = b.get(p * row..).and_then(|b| b.first_chunk::<W>()) else { break };
        let a: [F; R] =
            core::array::from_fn(|r| a.get(r * g.a.0 + p * g.a.1).copied().unwrap_or_default());
        for r in 0..R {
            for w in 0..W {
                sums[r][w] =
                    if FUSED { a[r].mul_add(b[w], sums[r][w]) } else { a[r] * b[w] + sums[r][w] };
            }
        }
    }
    sums
}

/// Writes the first `width` columns of a tile to rows of `C` that are `n` apart.
#[inline(always)]
fn store<F: Float, const R: usize, const W: usize>(
    sums: &[[F; W]; R],
    c: &mut [F],
    n: usize,
    width: usize,
    add: bool,
) {
    for (r, sums) in sums.iter().enumerate() {
        let row = c.get_mut(r * n..).unwrap_or_default();
        match row.first_chunk_mut::<W>() {
            Some(row) if width == W && add => {
                row.iter_mut().zip(sums).for_each(|(c, sum)| *c += *sum)
            }
            Some(row) if width == W => *row = *sums,
            _ => {
                for (c, sum) in row.iter_mut().zip(sums).take(width) {
                    *c = if add { *c + *sum } else { *sum };
                }
            }
        }
    }
}
