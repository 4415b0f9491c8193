//! Loops over the tiles of a value that is stored.

use core::marker::PhantomData;

use super::affine;
use super::body::{Base, Case, Cx, Feeds, Here, Maker, Tiles};
use super::inputs::Inputs;
use super::make::Make;
#[cfg(feature = "std")]
use super::mode::HOST;
#[cfg(not(feature = "std"))]
use super::mode::{SMALL, rest, width};
#[cfg(not(feature = "std"))]
use super::opaque::rolled_if_soft;
use super::tile::{At, Grid, Tile};
use crate::float::Float;
use crate::memory::{Place, Run};
use crate::site::LayerAt;

/// Something that is stored a tile at a time.
pub trait Source<F: Float> {
    /// Its numbers.
    const GRID: Grid;
    /// Whether two positions side by side are computed together, on a board.
    #[cfg_attr(feature = "std", expect(dead_code, reason = "a host has one shape of tiles"))]
    const PAIRS: bool;
    /// A tile.
    fn tile<const B: usize, const Q: usize>(&self, run: &Run<'_, F>, at: At) -> Tile<F, B, Q>;
}

/// A value of a body that is stored, by what it is made of.
struct Value<'a, C: Case, const V: usize> {
    cx: Cx<'a, C::Inputs>,
}

impl<C: Case<Body: Tiles<V>>, const V: usize> Source<C::Float> for Value<'_, C, V> {
    const GRID: Grid = Here::<C, V>::SPOT.grid;
    const PAIRS: bool = Here::<C, V>::SPOT.pairs;

    #[inline(always)]
    fn tile<const B: usize, const Q: usize>(
        &self,
        run: &Run<'_, C::Float>,
        at: At,
    ) -> Tile<C::Float, B, Q> {
        let tile = Maker::<C, V>::raw::<C, B, Q>(run, &self.cx, at);
        Maker::<C, V>::finish::<C, B, Q>(run, &self.cx, at.column, tile)
    }
}

/// Stores an elementwise value, unless it is asked for tile by tile.
#[inline(always)]
pub fn group<C: Case<Body: Tiles<V>>, const V: usize>(
    run: &mut Run<'_, C::Float>,
    cx: &Cx<'_, C::Inputs>,
) {
    if const { !Here::<C, V>::SPOT.tiled } {
        let value = Value::<C, V> { cx: *cx };
        store::<_, C::Float>(run, &value, cx.place(Here::<C, V>::SPOT));
    }
}

/// Stores a copy of a value, unless it is that value.
#[inline(always)]
pub fn copy<C: Case, const V: usize, const OF: usize>(
    run: &mut Run<'_, C::Float>,
    cx: &Cx<'_, C::Inputs>,
) {
    if const { !Here::<C, V>::SPOT.is_same } {
        run.copy(cx.place(Here::<C, OF>::SPOT), cx.place(Here::<C, V>::SPOT));
    }
}

/// A call whose output is stored a tile at a time.
struct Output<'a, A, X> {
    base: Base,
    x: &'a X,
    kind: PhantomData<fn() -> A>,
}

impl<F: Float, A: LayerAt, X: Inputs<F>> Source<F> for Output<'_, A, X> {
    const GRID: Grid = Grid::of(&A::OUTPUTS[0]);
    const PAIRS: bool = A::INFERENCE.pairs;

    #[inline(always)]
    fn tile<const B: usize, const Q: usize>(&self, run: &Run<'_, F>, at: At) -> Tile<F, B, Q> {
        let tile = A::raw::<F, X, B, Q>(run, self.base, self.x, at);
        A::finish::<F, X, B, Q>(run, self.base, self.x, at.column, tile)
    }
}

/// Stores the only output of a layer that gives it tile by tile.
#[inline(always)]
pub fn store_output<A: LayerAt, F: Float, X: Inputs<F>>(
    run: &mut Run<'_, F>,
    base: Base,
    x: &X,
    y: Place,
) {
    store::<_, F>(run, &Output::<A, X> { base, x, kind: PhantomData }, y);
}

/// Call `K` of a frozen model, of the layer `A`, which is folded.
struct Folded<'a, C: Case, A, const K: usize> {
    cx: Cx<'a, C::Inputs>,
    kind: PhantomData<fn() -> A>,
}

impl<C: Case<Body: Feeds<K>>, A: LayerAt, const K: usize> Source<C::Float> for Folded<'_, C, A, K> {
    const GRID: Grid = Grid::of(&A::OUTPUTS[0]);
    const PAIRS: bool = A::INFERENCE.pairs;

    #[inline(always)]
    fn tile<const B: usize, const Q: usize>(
        &self,
        run: &Run<'_, C::Float>,
        at: At,
    ) -> Tile<C::Float, B, Q> {
        let tile = affine::raw::<C, K, A, B, Q>(run, &self.cx, at);
        affine::finish::<C, K, A, B, Q>(run, &self.cx, at.column, tile)
    }
}

/// Stores the output of such a call.
#[inline(always)]
pub(super) fn folded<C: Case<Body: Feeds<K>>, const K: usize, A: LayerAt>(
    run: &mut Run<'_, C::Float>,
    cx: &Cx<'_, C::Inputs>,
    y: Place,
) {
    store::<_, C::Float>(run, &Folded::<C, A, K> { cx: *cx, kind: PhantomData }, y);
}

/// Stores all tiles: on a host each stored value is a function of its own, so that a model of many layers needs no more stack
/// than one.
#[cfg(feature = "std")]
#[inline(never)]
fn store<S: Source<F>, F: Float>(run: &mut Run<'_, F>, source: &S, place: Place) {
    for outer in 0..S::GRID.outer {
        for inner in 0..S::GRID.inner {
            let mut put = PutRow { run, source, place, outer, inner };
            for column in (0..S::GRID.columns).step_by(HOST) {
                put.tile::<HOST, 1>(column);
            }
        }
    }
}

/// Stores all tiles: on a board as a part of its caller, whose sizes and places are constants.
#[cfg(not(feature = "std"))]
#[inline(always)]
fn store<S: Source<F>, F: Float>(run: &mut Run<'_, F>, source: &S, place: Place) {
    for outer in 0..S::GRID.outer {
        if const { S::PAIRS && S::GRID.inner > 1 && !SMALL } {
            for inner in 0..S::GRID.inner / 2 {
                row::<S, F, 2>(run, source, place, (outer, 2 * inner));
            }
            if const { S::GRID.inner % 2 == 1 } {
                row::<S, F, 1>(run, source, place, (outer, S::GRID.inner - 1));
            }
        } else {
            for inner in 0..S::GRID.inner {
                row::<S, F, 1>(run, source, place, (outer, inner));
            }
        }
    }
}

/// Says `body` with the constant `$b`, which is the width.
#[cfg(not(feature = "std"))]
macro_rules! of_width {
    ($width:expr, $b:ident of $($known:literal)* => $body:expr) => {
        const { assert!($width == 0 $(|| $width == $known)*, "this width is not in the list") };
        $(if const { $width == $known } {
            const $b: usize = $known;
            $body
        })*
    };
}

/// Says `body` with the constant `$b`, which is one of the widths that there are.
#[cfg(not(feature = "std"))]
macro_rules! of_any_width {
    ($width:expr, $b:ident => $body:expr) => {
        of_width!($width, $b of 1 2 3 4 5 6 7 8 9 10 11 12 16 => $body)
    };
}

/// The tiles of `Q` positions.
#[cfg(not(feature = "std"))]
#[inline(always)]
fn row<S: Source<F>, F: Float, const Q: usize>(
    run: &mut Run<'_, F>,
    source: &S,
    place: Place,
    (outer, inner): (usize, usize),
) {
    let mut put = PutRow { run, source, place, outer, inner };
    of_any_width!(width(&S::GRID), B => {
        for block in 0..rolled_if_soft(S::GRID.columns / B) {
            put.tile::<B, Q>(block * B);
        }
    });
    of_any_width!(rest(&S::GRID), B => {
        put.tile::<B, Q>(const { S::GRID.columns - S::GRID.columns % width(&S::GRID) });
    });
}

struct PutRow<'p, 'r, F, S> {
    run: &'p mut Run<'r, F>,
    source: &'p S,
    place: Place,
    outer: usize,
    inner: usize,
}

impl<F: Float, S: Source<F>> PutRow<'_, '_, F, S> {
    #[inline(always)]
    fn tile<const B: usize, const Q: usize>(&mut self, column: usize) {
        let at = At { outer: self.outer, inner: self.inner, column };
        let tile: Tile<F, B, Q> = self.source.tile(self.run, at);
        self.run.save(self.place, &S::GRID, at, &tile);
    }
}
