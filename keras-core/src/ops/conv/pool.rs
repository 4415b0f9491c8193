//! The windows of poolings: one number for each channel of a window.

use core::ops::Range;

use super::windows::{Axis, Padding, Slide, slid};
use crate::float::Float;
use crate::infer::{At, Inference, Inputs, SMALL, SOFT, Tile, has};
use crate::memory::Run;
use crate::ops::reduce::larger;
use crate::ops::{Call, Tensor, TensorMut, Tiles, kinds};
use crate::shape::{Inferred, Message, Shape, shapes};

/// The arguments of a pooling over `R` axes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pool<const R: usize> {
    pub size: [usize; R],
    /// As the size, where it is not given.
    pub strides: Option<[usize; R]>,
    pub padding: Padding,
}

impl<const R: usize> Pool<R> {
    pub const fn new(size: [usize; R]) -> Self {
        Pool { size, strides: None, padding: Padding::Valid }
    }

    const fn slide(&self) -> Slide<R> {
        let strides = match self.strides {
            Some(strides) => strides,
            None => self.size,
        };
        Slide { strides, padding: self.padding, ..Slide::ONE }
    }

    /// The shape of `x` with the windows' counts.
    pub const fn infer(&self, inputs: &[Inferred]) -> Inferred {
        shapes!(inputs => [x]);
        if let Some(error) = kinds::floats("x", &x) {
            return error;
        }
        if x.rank() != R + 1 {
            let image = if R == 1 { "[steps, channels]" } else { "[h, w, channels]" };
            return Inferred::Error(Message::new("takes ").str(image).str(", found ").shape(&x));
        }
        match self.slide().over("a window", &x, self.size) {
            Ok(axes) => Inferred::Ok(slid(&x, &axes)),
            Err(error) => error,
        }
    }

    /// What is offered where one example is inferred: tiles, and where no two windows meet, to take tiles. With `through` what
    /// finishes a tile of the input may be done to one of the output.
    pub const fn inference(&self, inputs: &[Inferred], through: bool) -> Inference {
        let [Inferred::Ok(x)] = inputs else { return Inference::OPAQUE };
        let layout = self.layout(x);
        // Tiles of one position are wider than others, and so must be those that they are made of.
        let alone = layout.rows.count * layout.columns.count == 1 && x.len() > x.size(R);
        let takes = layout.rows.is_apart() && layout.columns.is_apart() && !alone;
        Inference {
            takes: takes as u32,
            through: if takes && through { Some(0) } else { None },
            ..Inference::TILES
        }
    }

    /// How the numbers of this input lie.
    pub const fn sizes(&self, inputs: &[Inferred]) -> Layout {
        match inputs {
            [Inferred::Ok(x)] => self.layout(x),
            _ => Layout { rows: Axis::UNIT, columns: Axis::UNIT, width: 0, channels: 0 },
        }
    }

    #[inline(always)]
    const fn layout(&self, x: &Shape) -> Layout {
        let (rows, columns) = self.slide().rows_and_columns(x, self.size);
        Layout { rows, columns, width: x.size(R - 1), channels: x.size(R) }
    }

    /// For each window: `y = start`, then `y = f(y, x)` for each of its places, then `y = end(y, how many places there are)`.
    #[inline(always)]
    pub fn fold<F: Float>(
        &self,
        call: &Call,
        x: &Tensor<'_, F>,
        y: &mut TensorMut<'_, F>,
        start: F,
        f: impl Fn(F, F) -> F,
        end: impl Fn(F, F) -> F,
    ) {
        let layout = self.layout(x.shape);
        for b in 0..call.rows(y.shape) {
            let (x, y) = (x.row(b), y.row(b));
            for (window, y) in layout.windows().zip(y.chunks_mut(layout.channels.max(1))) {
                y.fill(start);
                // Counted in the scalar: a board may have no others.
                let mut count = F::zero();
                for place in layout.places(&window) {
                    let x = x.get(place..).unwrap_or_default();
                    y.iter_mut().zip(x).for_each(|(y, x)| *y = f(*y, *x));
                    count += F::one();
                }
                y.iter_mut().for_each(|y| *y = end(*y, count));
            }
        }
    }

    /// The vjp of the mean of each window: each of its places takes an equal part.
    pub fn spread<F: Float>(&self, call: &Call, dy: &Tensor<'_, F>, dx: &mut TensorMut<'_, F>) {
        let layout = self.layout(dx.shape);
        for b in 0..call.rows(dy.shape) {
            let (dy, dx) = (dy.row(b), dx.row(b));
            for (window, dy) in layout.windows().zip(dy.chunks(layout.channels.max(1))) {
                let count = F::of((window.rows.len() * window.columns.len()) as f64);
                for place in layout.places(&window) {
                    dx[place..].iter_mut().zip(dy).for_each(|(dx, dy)| *dx += *dy / count);
                }
            }
        }
    }

    /// The vjp of the choice of one place of each window, which takes all: the last one that `is_better` than what was chosen
    /// before.
    pub fn give<F: Float>(
        &self,
        call: &Call,
        (x, dy): (&Tensor<'_, F>, &Tensor<'_, F>),
        dx: &mut TensorMut<'_, F>,
        is_better: impl Fn(F, F) -> bool,
    ) {
        let layout = self.layout(dx.shape);
        for b in 0..call.rows(dy.shape) {
            let (x, dy, dx) = (x.row(b), dy.row(b), dx.row(b));
            for (window, dy) in layout.windows().zip(dy.chunks(layout.channels.max(1))) {
                for (channel, dy) in dy.iter().enumerate() {
                    let mut chosen =
                        layout.place(window.rows.start, window.columns.start) + channel;
                    for row in window.rows.clone() {
                        let places = layout.place(row, window.columns.start) + channel..;
                        let places = places.step_by(layout.channels.max(1));
                        for place in places.take(window.columns.len()) {
                            if is_better(x[place], x[chosen]) {
                                chosen = place;
                            }
                        }
                    }
                    dx[chosen] += *dy;
                }
            }
        }
    }
}

/// How the numbers lie; a sequence is an image of one row.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    rows: Axis,
    columns: Axis,
    width: usize,
    channels: usize,
}

/// The tiles of the largest number of each window. What finishes a tile of the input without ever falling is done to the result.
#[derive(Clone, Copy, Debug)]
pub struct Largest(pub Layout);

impl Tiles for Largest {
    #[inline(always)]
    fn raw<F: Float, X: Inputs<F>, const B: usize, const Q: usize>(
        self,
        run: &Run<'_, F>,
        x: &X,
        at: At,
    ) -> Tile<F, B, Q> {
        let (start, end) = (F::neg_infinity(), |y, _| y);
        if const { has(X::MONOTONE, 0) } {
            return self.0.tile::<F, X, true, B, Q>(run, x, at, start, larger, end);
        }
        if const { has(X::FROZEN_MONOTONE, 0) } && x.is_monotone(0) {
            return self.0.tile::<F, X, true, B, Q>(run, x, at, start, larger, end);
        }
        self.0.tile::<F, X, false, B, Q>(run, x, at, start, larger, end)
    }

    #[inline(always)]
    fn finish<F: Float, X: Inputs<F>, const B: usize, const Q: usize>(
        self,
        run: &Run<'_, F>,
        x: &X,
        column: usize,
        tile: Tile<F, B, Q>,
    ) -> Tile<F, B, Q> {
        if const { has(X::MONOTONE, 0) } {
            return x.finish(run, 0, column, tile);
        }
        if const { has(X::FROZEN_MONOTONE, 0) } && x.is_monotone(0) {
            return x.finish(run, 0, column, tile);
        }
        tile
    }
}

/// The tiles of the mean of each window.
#[derive(Clone, Copy, Debug)]
pub struct Mean(pub Layout);

impl Tiles for Mean {
    #[inline(always)]
    fn raw<F: Float, X: Inputs<F>, const B: usize, const Q: usize>(
        self,
        run: &Run<'_, F>,
        x: &X,
        at: At,
    ) -> Tile<F, B, Q> {
        let (start, end) = (-F::zero(), |y, count| y / count);
        self.0.tile::<F, X, false, B, Q>(run, x, at, start, |y, x| y + x, end)
    }
}

/// A window: the rows and columns of the image that it covers.
struct Window {
    rows: Range<usize>,
    columns: Range<usize>,
}

impl Layout {
    /// A tile of windows: as [`Pool::fold`], of tiles of the input that are not finished yet where `RAW`.
    #[inline(always)]
    fn tile<F: Float, X: Inputs<F>, const RAW: bool, const B: usize, const Q: usize>(
        &self,
        run: &Run<'_, F>,
        x: &X,
        at: At,
        start: F,
        f: impl Fn(F, F) -> F,
        end: impl Fn(F, F) -> F,
    ) -> Tile<F, B, Q> {
        let mut tile = [[start; B]; Q];
        for (q, y) in tile.iter_mut().enumerate() {
            let (rows, columns) =
                (covered(&self.rows, at.outer), covered(&self.columns, at.inner + q));
            let mut count = F::zero();
            for outer in rows {
                let mut inner = columns.start;
                // Two places at once, which the input may have for less than twice the price of one: where registers hold both.
                while const { !SMALL && !SOFT } && inner + 1 < columns.end {
                    let places = part::<F, X, RAW, B, 2>(run, x, At { outer, inner, ..at });
                    places.iter().for_each(|place| fold(y, place, &f));
                    count += F::of(2.0);
                    inner += 2;
                }
                while inner < columns.end {
                    let [place] = part::<F, X, RAW, B, 1>(run, x, At { outer, inner, ..at });
                    fold(y, &place, &f);
                    count += F::one();
                    inner += 1;
                }
            }
            y.iter_mut().for_each(|y| *y = end(*y, count));
        }
        tile
    }

    /// The windows, row by row.
    #[inline(always)]
    fn windows(&self) -> impl Iterator<Item = Window> {
        let columns = self.columns.count.max(1);
        (0..self.rows.count * columns).map(move |i| Window {
            rows: covered(&self.rows, i / columns),
            columns: covered(&self.columns, i % columns),
        })
    }

    /// Where the channels of a place begin.
    #[inline(always)]
    fn place(&self, row: usize, column: usize) -> usize {
        (row * self.width + column) * self.channels
    }

    /// The same of each place of a window, in their order.
    #[inline(always)]
    fn places(&self, window: &Window) -> impl Iterator<Item = usize> {
        let columns = window.columns.clone();
        let row = move |row| columns.clone().map(move |column| self.place(row, column));
        window.rows.clone().flat_map(row)
    }
}

#[inline(always)]
fn part<F: Float, X: Inputs<F>, const RAW: bool, const B: usize, const Q: usize>(
    run: &Run<'_, F>,
    x: &X,
    at: At,
) -> Tile<F, B, Q> {
    if const { RAW } { x.raw(run, 0, at) } else { x.tile(run, 0, at) }
}

#[inline(always)]
fn fold<F: Float, const B: usize>(y: &mut [F; B], x: &[F; B], f: &impl Fn(F, F) -> F) {
    y.iter_mut().zip(x).for_each(|(y, x)| *y = f(*y, *x));
}

/// The places of window `o`: without holes.
#[inline(always)]
fn covered(axis: &Axis, o: usize) -> Range<usize> {
    let taps = axis.seen_taps_of(o);
    let start = axis.place(o, taps.start);
    start..start + taps.len()
}
