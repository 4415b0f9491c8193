//! Matrix products that are small or thin, in register tiles.
//!
//! A tile is `R` rows of `C` by `V` registers of columns. Eight or sixteen registers of sums are enough to hide the latency
//! of a multiply-add, and leave some for `A` and `B`. The registers are a type ([`Simd::Vector`]), since of tiles that are
//! arrays of numbers the compiler keeps some in memory, fifty times slower: measure every change of this file.
#![allow(
    clippy::needless_range_loop,
    reason = "loops over registers by number are what stays in registers"
)]

use super::lanes::{self, LANES};
use super::registers::Simd;
use super::simd::{Avx2, Avx512, Isa, vectorised};
use super::{Gemm, plain};
use crate::float::Float;

/// Whether this machine has the registers.
pub(super) fn exist() -> bool {
    Avx2::detected().is_some()
}

/// `C = A·B` or `C += A·B`, with the best instruction set of this machine.
pub(super) fn product<F: Float>(g: &Gemm, a: &[F], b: &[F], c: &mut [F])
where
    Avx512: Simd<F>,
    Avx2: Simd<F>,
{
    vectorised(
        #[inline(always)]
        |isa| product_with(isa, g, a, b, c),
    );
}

/// `C = A·B` or `C += A·B`; to be called where the code is compiled for `isa`.
#[inline(always)]
pub(super) fn product_with<F: Float>(isa: Isa, g: &Gemm, a: &[F], b: &[F], c: &mut [F])
where
    Avx512: Simd<F>,
    Avx2: Simd<F>,
{
    match isa {
        // 16 of 32 registers for sums, and 8 of 16.
        Isa::Avx512(simd) => Product { simd, g, a, b }.run::<8>(c),
        Isa::Avx2(simd) => Product { simd, g, a, b }.run::<4>(c),
        Isa::Plain => plain::product(g, a, b, c),
    }
}

/// How many numbers of `B` are packed at a time: 8 KiB of `f32`.
const PACKED: usize = 2048;

/// A product without its result.
#[derive(Clone, Copy)]
struct Product<'a, F, S> {
    simd: S,
    g: &'a Gemm,
    a: &'a [F],
    b: &'a [F],
}

/// Columns `j..j + width` of `C`, and what is multiplied for them: all of `B`'s rows, or `k` of them from row `p` on.
struct Strip<'b, F> {
    j: usize,
    width: usize,
    p: usize,
    k: usize,
    /// These rows of `B` from column `j` on, as they are or packed, `row` apart.
    b: &'b [F],
    row: usize,
    /// Whether the sums begin with what is in `C`.
    add: bool,
}

impl<F: Float, S: Simd<F>> Product<'_, F, S> {
    /// `R` rows to a tile two registers wide.
    #[inline(always)]
    fn run<const R: usize>(self, c: &mut [F]) {
        let Gemm { m, k, n, a, b, add, .. } = *self.g;
        if k == 0 && !add {
            self.rows_of(c).for_each(|row| row.fill(F::zero()));
        }
        if k == 0 || m == 0 || n == 0 {
            return;
        }
        if m < 4 && b.0 == 1 && a.1 == 1 {
            return self.dots(c);
        }
        let mut j = 0;
        while j < n {
            let left = n - j;
            if m < 4 && left >= 8 * S::LANES {
                j += self.strip::<1, 8, 1>(c, j);
            } else if left > S::LANES {
                j += self.strip::<R, 2, 4>(c, j);
            } else {
                j += self.strip::<8, 1, 8>(c, j);
            }
        }
    }

    /// The rows of `C`.
    #[inline(always)]
    fn rows_of(self, c: &mut [F]) -> impl Iterator<Item = &mut [F]> {
        c.chunks_mut(self.g.c.max(1)).take(self.g.m).map(move |row| &mut row[..self.g.n])
    }

    /// All rows of the `V` registers of columns from `j` on; returns how many columns that is.
    ///
    /// Columns of `B` that are not side by side are packed, a few rows of `B` at a time.
    #[inline(always)]
    fn strip<const R: usize, const V: usize, const U: usize>(self, c: &mut [F], j: usize) -> usize {
        let Gemm { k, n, b, add, .. } = *self.g;
        let columns = V * S::LANES;
        let width = columns.min(n - j);
        if b.1 == 1 {
            let strip = Strip { j, width, p: 0, k, b: &self.b[j..], row: b.0, add };
            if width == columns {
                self.rows::<R, V, U, true>(&strip, c);
            } else {
                self.rows::<R, V, U, false>(&strip, c);
            }
            return columns;
        }
        let mut packed = [F::zero(); PACKED];
        let block = PACKED / columns;
        for p in (0..k).step_by(block) {
            let k = block.min(k - p);
            for (i, to) in (j..j + width).zip(0..) {
                let column = self.b[p * b.0 + i * b.1..].iter().step_by(b.0).take(k);
                packed[to..].iter_mut().step_by(columns).zip(column).for_each(|(to, b)| *to = *b);
            }
            let strip = Strip { j, width, p, k, b: &packed, row: columns, add: add || p > 0 };
            self.rows::<R, V, U, true>(&strip, c);
        }
        columns
    }

    /// All rows of a strip: `R` at a time, then four, then one by one, where `U` sums stand in for the rows that are missing.
    #[inline(always)]
    fn rows<const R: usize, const V: usize, const U: usize, const WHOLE: bool>(
        self,
        strip: &Strip<F>,
        c: &mut [F],
    ) {
        let mut i = 0;
        while i + R <= self.g.m {
            self.tile::<R, V, 1, WHOLE>(strip, i, c);
            i += R;
        }
        while i + 4 <= self.g.m {
            self.tile::<4, V, 1, WHOLE>(strip, i, c);
            i += 4;
        }
        for i in i..self.g.m {
            self.tile::<1, V, U, WHOLE>(strip, i, c);
        }
    }

    /// Rows `i..i + R` of a strip, `U` rows of `B` at a time with sums of their own.
    #[inline(always)]
    fn tile<const R: usize, const V: usize, const U: usize, const WHOLE: bool>(
        self,
        strip: &Strip<F>,
        i: usize,
        c: &mut [F],
    ) {
        let Self { simd, g, .. } = self;
        let mut sums = [[[simd.splat(F::zero()); V]; R]; U];
        if strip.add {
            for (r, sums) in sums[0].iter_mut().enumerate() {
                *sums = simd.load_all::<V, false>(&c[(i + r) * g.c + strip.j..][..strip.width]);
            }
        }
        // As long as each other, so that one comparison is for all rows.
        let span = (strip.k - 1) * g.a.1 + 1;
        let mut a = [&[][..]; R];
        for (r, a) in a.iter_mut().enumerate() {
            *a = &self.a[(i + r) * g.a.0 + strip.p * g.a.1..][..span];
        }
        let (mut p, mut at, mut from) = (0, 0, 0);
        while p + U <= strip.k {
            for sums in &mut sums {
                self.multiply::<R, V, WHOLE>(&a, at, &strip.b[from..], sums);
                at += g.a.1;
                from += strip.row;
            }
            p += U;
        }
        while p < strip.k {
            self.multiply::<R, V, WHOLE>(&a, at, &strip.b[from..], &mut sums[0]);
            at += g.a.1;
            from += strip.row;
            p += 1;
        }
        for r in 0..R {
            let c = &mut c[(i + r) * g.c + strip.j..][..strip.width];
            for v in 0..V {
                let mut sum = sums[0][r][v];
                for u in 1..U {
                    sum = simd.add(sum, sums[u][r][v]);
                }
                simd.store(sum, &mut c[(v * S::LANES).min(strip.width)..]);
            }
        }
    }

    /// Adds the products of one number of each of `R` rows of `A` with a row of `B`.
    ///
    /// Lanes beyond the strip's width hold whatever follows in `B`; they are not stored.
    #[inline(always)]
    fn multiply<const R: usize, const V: usize, const WHOLE: bool>(
        self,
        a: &[&[F]; R],
        at: usize,
        b: &[F],
        sums: &mut [[S::Vector; V]; R],
    ) {
        let b: [S::Vector; V] = self.simd.load_all::<V, WHOLE>(b);
        for r in 0..R {
            let a = self.simd.splat(a[r][at]);
            for v in 0..V {
                sums[r][v] = self.simd.mul_add(a, b[v], sums[r][v]);
            }
        }
    }

    /// A few rows of `A` times the transpose of a row-major matrix: each number of `C` is the product of two rows.
    #[inline(always)]
    fn dots(self, c: &mut [F]) {
        let Gemm { k, n, a, b, add, .. } = *self.g;
        for (i, c) in self.rows_of(c).enumerate() {
            let a = &self.a[i * a.0..][..k];
            let mut j = 0;
            while j < n {
                let left = (n - j).min(4);
                let rows = core::array::from_fn(|r| &self.b[(j + r.min(left - 1)) * b.1..][..k]);
                let sums: [F; 4] = self.dot(a, rows);
                for (c, sum) in c[j..].iter_mut().zip(sums) {
                    *c = if add { *c + sum } else { sum };
                }
                j += left;
            }
        }
    }

    /// `Σ aₚ·bₚ` for four rows `b`.
    #[inline(always)]
    fn dot(self, a: &[F], b: [&[F]; 4]) -> [F; 4] {
        let (simd, lanes) = (self.simd, S::LANES);
        let mut sums = [simd.splat(F::zero()); 4];
        for p in (0..a.len()).step_by(lanes) {
            let a = simd.load(&a[p..]);
            for (sum, b) in sums.iter_mut().zip(b) {
                *sum = simd.mul_add(a, simd.load(&b[p..]), *sum);
            }
        }
        let mut totals = [F::zero(); 4];
        for (total, sum) in totals.iter_mut().zip(sums) {
            let mut numbers = [F::zero(); LANES];
            simd.store(sum, &mut numbers);
            *total = lanes::sum(&numbers);
        }
        totals
    }
}
