//! The elementwise and reducing kernels: rows in chunks of [`LANES`] numbers, which the compiler keeps in vector registers.
//!
//! A chunk at the end of a row is read and computed whole, with whatever follows the row; only its numbers count.

use super::walk::{Walk, longest_row};
use crate::elementwise::{Nest, Rows};
use crate::float::Float;

/// One 512-bit register of `f32`, two of 256 bits, four of 128.
pub(super) const LANES: usize = 16;

type Lanes<F> = [F; LANES];

/// The operands of a nest, read chunk by chunk.
struct Operands<'a, F, const N: usize> {
    x: [&'a [F]; N],
    walk: Walk<N>,
    /// A repeated number, or the last numbers of an operand, which are less than a chunk.
    buffers: [Lanes<F>; N],
}

impl<'a, F: Float, const N: usize> Operands<'a, F, N> {
    #[inline(always)]
    fn new(nest: &Nest<N>, batch: usize, row: usize, x: [&'a [F]; N]) -> Self {
        Operands { x, walk: Walk::new(nest, batch, row), buffers: [[F::zero(); LANES]; N] }
    }

    /// Begins a row: numbers that are repeated along it are read once.
    #[inline(always)]
    fn begin_row(&mut self) {
        for n in 0..N {
            if !self.walk.walks[n] {
                let number = self.x[n].get(self.walk.at[n]).copied().unwrap_or_default();
                self.buffers[n] = [number; LANES];
            }
        }
    }

    /// Each operand's numbers from `start` of the row on.
    #[inline(always)]
    fn chunk(&mut self, start: usize) -> [&Lanes<F>; N] {
        let rests: [&[F]; N] = core::array::from_fn(|n| {
            if self.walk.walks[n] {
                self.x[n].get(self.walk.at[n] + start..).unwrap_or_default()
            } else {
                &[]
            }
        });
        for n in 0..N {
            if rests[n].len() < LANES {
                self.buffers[n].iter_mut().zip(rests[n]).for_each(|(buffer, x)| *buffer = *x);
            }
        }
        core::array::from_fn(|n| rests[n].first_chunk().unwrap_or(&self.buffers[n]))
    }
}

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
    let row = longest_row(nest, batch);
    let mut operands = Operands::new(nest, batch, row, x);
    let mut at = 0;
    while at < nest.total(batch) {
        operands.begin_row();
        for start in (0..row).step_by(LANES) {
            let x = operands.chunk(start);
            let mut out = [F::zero(); LANES];
            for lane in 0..LANES {
                out[lane] = f(consts, core::array::from_fn(|n| x[n][lane]));
            }
            // Numbers beyond the row's end are overwritten when the next row is written.
            set(&out, y.get_mut(at + start..).unwrap_or_default());
        }
        operands.walk.advance();
        at += row;
    }
}

/// Writes as many numbers as there is room for.
#[inline(always)]
fn set<F: Float>(from: &Lanes<F>, to: &mut [F]) {
    match to.first_chunk_mut() {
        Some(to) => *to = *from,
        None => to.iter_mut().zip(from).for_each(|(to, from)| *to = *from),
    }
}

/// Adds as many numbers as there is room for.
#[inline(always)]
fn add_to<F: Float>(from: &Lanes<F>, to: &mut [F]) {
    match to.first_chunk_mut::<LANES>() {
        Some(to) => to.iter_mut().zip(from).for_each(|(to, from)| *to += *from),
        None => to.iter_mut().zip(from).for_each(|(to, from)| *to += *from),
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
    mut dx: [&mut [F]; M],
    mut add: [bool; M],
    f: impl Fn(&[F; C], [F; N]) -> [F; M],
) {
    let total = nest.total(batch);
    for (dx, add) in dx.iter_mut().zip(&mut add) {
        // A target of as many numbers as the output gets each once; a smaller one gets sums.
        if dx.len() != total && !*add {
            dx.fill(F::zero());
            *add = true;
        }
    }
    // Both nests split the same output, so the shorter of the two rows divides the longer.
    let row = longest_row(nest, batch).min(longest_row(targets, batch));
    let mut operands = Operands::new(nest, batch, row, x);
    let mut target = Walk::new(targets, batch, row);
    for _ in 0..total / row.max(1) {
        operands.begin_row();
        let mut sums = [[F::zero(); LANES]; M];
        for start in (0..row).step_by(LANES) {
            let x = operands.chunk(start);
            let mut d = [[F::zero(); LANES]; M];
            for lane in 0..LANES {
                let all = f(consts, core::array::from_fn(|n| x[n][lane]));
                for m in 0..M {
                    d[m][lane] = all[m];
                }
            }
            for m in 0..M {
                clear_from(row - start, &mut d[m]);
                let to = dx[m].get_mut(target.at[m] + start..).unwrap_or_default();
                if !target.walks[m] {
                    add_to(&d[m], &mut sums[m]);
                } else if add[m] {
                    add_to(&d[m], to);
                } else {
                    set(&d[m], to);
                }
            }
        }
        for m in 0..M {
            if let (false, Some(dx)) = (target.walks[m], dx[m].get_mut(target.at[m])) {
                let sum = total_of(&sums[m]);
                *dx = if add[m] { *dx + sum } else { sum };
            }
        }
        operands.walk.advance();
        target.advance();
    }
}

/// The lanes from `end` on become 0.
#[inline(always)]
fn clear_from<F: Float>(end: usize, lanes: &mut Lanes<F>) {
    if end < LANES {
        for (lane, number) in lanes.iter_mut().enumerate() {
            *number = if lane < end { *number } else { F::zero() };
        }
    }
}

/// The sum of the lanes.
#[inline(always)]
fn total_of<F: Float>(lanes: &Lanes<F>) -> F {
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
    let (middle, inner) = (rows.middle.max(1), rows.inner.max(1));
    let y = y.chunks_exact_mut(inner).take(rows.outer);
    for (x, y) in x.chunks_exact(middle * inner).zip(y) {
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
