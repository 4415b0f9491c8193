//! The elementwise and reducing kernels: rows in chunks of [`LANES`] numbers, which the compiler keeps in vector registers.
//!
//! A chunk at the end of a row is read and computed whole, with whatever follows the row; only its numbers count.
#![allow(clippy::needless_range_loop, reason = "loops over lanes by number are what vectorises")]

use super::walk::{Walk, longest_row};
use crate::elementwise::{Nest, Rows};
use crate::float::Float;

/// One 512-bit register of `f32`, two of 256 bits, four of 128.
pub(super) const LANES: usize = 16;

type Lanes<F> = [F; LANES];

/// `y[i] = f(consts, [x0[i], x1[i], …])`.
#[inline(always)]
pub(super) fn map<F: Float, const C: usize, const N: usize>(
    nest: &Nest<N>,
    batch: usize,
    consts: &[F; C],
    x: [&[F]; N],
    y: &mut [F],
    f: impl Fn(&[F; C], [F; N]) -> F,
) {
    let (row, total) = (longest_row(nest, batch), nest.total(batch));
    let zeros = [F::zero(); LANES];
    let mut operands = Operands::new(nest, batch, row, x);
    let mut at = 0;
    while at < total {
        let mut done = 0;
        while done < row.div_ceil(LANES) {
            let (until, chunks) = operands.chunks(done, row.div_ceil(LANES));
            for c in done..until {
                let Some(x) = chunks.at(c, &zeros) else { break };
                let [out] = apply(
                    x,
                    consts,
                    #[inline(always)]
                    |consts, x| [f(consts, x)],
                );
                // Numbers beyond the row's end are overwritten when the next row is written.
                set(&out, y.get_mut(at + c * LANES..).unwrap_or_default());
            }
            done = until;
        }
        operands.walk.advance();
        at += row;
    }
}

/// `d = f(consts, [x0[i], x1[i], …])`, of which `d[m]` is added to `dx[m]` or set.
#[inline(always)]
#[allow(clippy::too_many_arguments)]
pub(super) fn map_vjp<F: Float, const C: usize, const N: usize, const M: usize>(
    nest: &Nest<N>,
    targets: &Nest<M>,
    batch: usize,
    consts: &[F; C],
    x: [&[F]; N],
    dx: [&mut [F]; M],
    add: [bool; M],
    f: impl Fn(&[F; C], [F; N]) -> [F; M],
) {
    let total = nest.total(batch);
    // Both nests split the same output, so the shorter of the two rows divides the longer.
    let row = longest_row(nest, batch).min(longest_row(targets, batch)).max(1);
    let zeros = [F::zero(); LANES];
    let mut operands = Operands::new(nest, batch, row, x);
    let mut targets =
        Targets { dx, add, walk: Walk::new(targets, batch, row), sums: [[F::zero(); LANES]; M] };
    targets.clear_sums_of(total);
    for _ in 0..total / row {
        let mut done = 0;
        while done < row.div_ceil(LANES) {
            let (until, chunks) = operands.chunks(done, row.div_ceil(LANES));
            for c in done..until {
                let Some(x) = chunks.at(c, &zeros) else { break };
                let d = apply(
                    x,
                    consts,
                    #[inline(always)]
                    |consts, x| f(consts, x),
                );
                targets.put(c * LANES, row, d);
            }
            done = until;
        }
        operands.walk.advance();
        targets.end_row();
    }
}

/// The operands of a nest along a row.
struct Operands<'a, F, const N: usize> {
    x: [&'a [F]; N],
    walk: Walk<N>,
    /// What stands for an operand's chunks where there are none: one number repeated, or the last few numbers.
    others: [Lanes<F>; N],
}

/// Chunks of a row: operand `n` of chunk `c` is `chunks[n][c * steps[n]]`.
struct Chunks<'r, F, const N: usize> {
    chunks: [&'r [Lanes<F>]; N],
    steps: [usize; N],
}

impl<'a, F: Float, const N: usize> Operands<'a, F, N> {
    fn new(nest: &Nest<N>, batch: usize, row: usize, x: [&'a [F]; N]) -> Self {
        Operands { x, walk: Walk::new(nest, batch, row), others: [[F::zero(); LANES]; N] }
    }

    /// Operand `n` from number `start` of the row on.
    fn rest(&self, n: usize, start: usize) -> &'a [F] {
        self.x[n].get(self.walk.at[n] + start..).unwrap_or_default()
    }

    /// The chunks of the row from number `done` on, as many of the `count` as every operand has; returns how far they go.
    ///
    /// Where an operand has too few numbers for another chunk, which is only at its very end, that chunk is copied.
    fn chunks(&mut self, done: usize, count: usize) -> (usize, Chunks<'_, F, N>) {
        let (mut until, mut chunks, mut steps) = (count, [&[][..]; N], [1; N]);
        for n in 0..N {
            let rest = self.rest(n, 0);
            if self.walk.walks[n] {
                chunks[n] = rest.as_chunks().0;
                until = until.min(chunks[n].len());
            } else {
                self.others[n] = [rest.first().copied().unwrap_or_default(); LANES];
                steps[n] = 0;
            }
        }
        if done >= until {
            until = count;
            for n in 0..N {
                let rest = if steps[n] == 1 { self.rest(n, done * LANES) } else { &[] };
                self.others[n].iter_mut().zip(rest).for_each(|(other, x)| *other = *x);
            }
            steps = [0; N];
        }
        for n in 0..N {
            if steps[n] == 0 {
                chunks[n] = core::slice::from_ref(&self.others[n]);
            }
        }
        (until, Chunks { chunks, steps })
    }
}

impl<'r, F: Float, const N: usize> Chunks<'r, F, N> {
    /// The numbers of chunk `c`; `None` beyond those there are. (`zeros` only fills the array before they are in it.)
    #[inline(always)]
    fn at(&self, c: usize, zeros: &'r Lanes<F>) -> Option<[&'r Lanes<F>; N]> {
        let mut all = [zeros; N];
        for n in 0..N {
            all[n] = self.chunks[n].get(c * self.steps[n])?;
        }
        Some(all)
    }
}

/// `f` of each lane.
#[inline(always)]
fn apply<F: Float, const C: usize, const N: usize, const M: usize>(
    chunks: [&Lanes<F>; N],
    consts: &[F; C],
    f: impl Fn(&[F; C], [F; N]) -> [F; M],
) -> [Lanes<F>; M] {
    let mut y = [[F::zero(); LANES]; M];
    for lane in 0..LANES {
        let mut x = [F::zero(); N];
        for n in 0..N {
            x[n] = chunks[n][lane];
        }
        let results = f(consts, x);
        for m in 0..M {
            y[m][lane] = results[m];
        }
    }
    y
}

/// The targets of a backward loop along a row.
struct Targets<'a, F, const M: usize> {
    dx: [&'a mut [F]; M],
    /// Whether each target is added to.
    add: [bool; M],
    walk: Walk<M>,
    /// What a row adds to a target that is one number along it.
    sums: [Lanes<F>; M],
}

impl<F: Float, const M: usize> Targets<'_, F, M> {
    /// A target of as many numbers as the output gets each once; a smaller one gets sums, which begin at 0.
    fn clear_sums_of(&mut self, total: usize) {
        for (dx, add) in self.dx.iter_mut().zip(&mut self.add) {
            if dx.len() != total && !*add {
                dx.fill(F::zero());
                *add = true;
            }
        }
    }

    /// The chunk of the row that begins at number `start`.
    #[inline(always)]
    fn put(&mut self, start: usize, row: usize, mut d: [Lanes<F>; M]) {
        for m in 0..M {
            if row - start < LANES {
                // What follows the row is no part of a sum, and it is overwritten or added to later.
                for lane in 0..LANES {
                    d[m][lane] = if lane < row - start { d[m][lane] } else { F::zero() };
                }
            }
            let dx = self.dx[m].get_mut(self.walk.at[m] + start..).unwrap_or_default();
            match (self.walk.walks[m], self.add[m]) {
                (false, _) => add(&d[m], &mut self.sums[m]),
                (true, true) => add(&d[m], dx),
                (true, false) => set(&d[m], dx),
            }
        }
    }

    #[inline(always)]
    fn end_row(&mut self) {
        for m in 0..M {
            if let (false, Some(dx)) = (self.walk.walks[m], self.dx[m].get_mut(self.walk.at[m])) {
                let before = if self.add[m] { *dx } else { F::zero() };
                *dx = before + sum(&self.sums[m]);
                self.sums[m] = [F::zero(); LANES];
            }
        }
        self.walk.advance();
    }
}

/// Writes as many numbers as there is room for.
#[inline(always)]
fn set<F: Float>(from: &Lanes<F>, to: &mut [F]) {
    if let Some(to) = to.first_chunk_mut() {
        *to = *from;
        return;
    }
    // Not by `zip`: that becomes a `memcpy` of unknown length, also for whole chunks.
    for lane in 0..LANES {
        if let Some(to) = to.get_mut(lane) {
            *to = from[lane];
        }
    }
}

/// Adds as many numbers as there is room for.
#[inline(always)]
fn add<F: Float>(from: &Lanes<F>, to: &mut [F]) {
    if let Some(to) = to.first_chunk_mut::<LANES>() {
        for lane in 0..LANES {
            to[lane] += from[lane];
        }
        return;
    }
    for lane in 0..LANES {
        if let Some(to) = to.get_mut(lane) {
            *to += from[lane];
        }
    }
}

/// The sum of the lanes.
#[inline(always)]
pub(super) fn sum<F: Float>(lanes: &Lanes<F>) -> F {
    fold_lanes(*lanes, |a, b| a + b)
}

/// Folds halves onto each other until one number is left.
#[inline(always)]
fn fold_lanes<F: Float>(mut lanes: Lanes<F>, f: impl Fn(F, F) -> F) -> F {
    let mut half = LANES / 2;
    while half > 0 {
        for lane in 0..half {
            lanes[lane] = f(lanes[lane], lanes[lane + half]);
        }
        half /= 2;
    }
    lanes[0]
}

/// `y[o, i] = fold of f over m of x[o, m, i]`, starting from `start`.
#[inline(always)]
pub(super) fn reduce<F: Float>(rows: Rows, start: F, x: &[F], y: &mut [F], f: impl Fn(F, F) -> F) {
    let (block, inner) = ((rows.middle * rows.inner).max(1), rows.inner.max(1));
    let y = y.chunks_exact_mut(inner).take(rows.outer);
    for (x, y) in x.chunks_exact(block).zip(y) {
        if let [y] = y {
            *y = fold(x, start, &f);
            continue;
        }
        y.fill(start);
        for x in x.chunks_exact(inner) {
            y.iter_mut().zip(x).for_each(|(y, x)| *y = f(*y, *x));
        }
    }
}

/// Folds the numbers and `start`, lane by lane as far as there are whole chunks.
#[inline(always)]
fn fold<F: Float>(x: &[F], start: F, f: impl Fn(F, F) -> F) -> F {
    let (chunks, rest) = x.as_chunks::<LANES>();
    let start = rest.iter().fold(start, |sum, x| f(sum, *x));
    let Some((first, chunks)) = chunks.split_first() else { return start };
    let mut lanes = *first;
    for chunk in chunks {
        for lane in 0..LANES {
            lanes[lane] = f(lanes[lane], chunk[lane]);
        }
    }
    f(start, fold_lanes(lanes, &f))
}
