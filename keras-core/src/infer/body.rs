//! The values of a body, tile by tile: what expansions of layers and models are made of.

use core::marker::PhantomData;

use super::freeze::Nested;
use super::inputs::{Args, Inputs, places};
use super::layout::{Home, Layout, Script, Spot, Sums};
use super::make::{Make, Values};
use super::offer::has;
use super::tile::{At, Fetch, Tile};
use crate::float::Float;
use crate::memory::{Place, Run};
use crate::random::mix;
use crate::site::LayerAt;

/// Where the weights and the memory of a call begin.
#[derive(Clone, Copy, Debug)]
pub struct Base {
    /// The offset of its weights in the flat buffer.
    pub weights: usize,
    /// Where its memory begins in the arena.
    pub scratch: usize,
    /// The key of its random numbers, as that of a [`Frame`](crate::memory::Frame).
    pub key: u64,
    /// Whether its weights are stored as its [`Freeze`](super::Freeze) says.
    pub frozen: bool,
}

impl Base {
    /// That of a whole model, whose memory begins at `scratch`.
    pub const fn root(scratch: usize, frozen: bool) -> Base {
        Base { weights: 0, scratch, key: 0, frozen }
    }
}

/// What a body has while it runs: where its memory begins, its inputs, and where its outputs go.
#[derive(Debug)]
pub struct Cx<'a, X> {
    /// Its weights and memory.
    pub base: Base,
    /// Its inputs.
    pub x: &'a X,
    /// The places of its outputs; none where the only one is asked for tile by tile.
    pub y: &'a [Place],
}

impl<X> Clone for Cx<'_, X> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<X> Copy for Cx<'_, X> {}

impl<X> Cx<'_, X> {
    /// The same in iteration `t` of loop number `site`.
    #[inline(always)]
    pub fn iteration(&self, site: u64, t: usize) -> Self {
        Cx { base: Base { key: mix(mix(self.base.key, site), t as u64), ..self.base }, ..*self }
    }

    /// Where output `o` is; nowhere where it is not asked for.
    #[inline(always)]
    pub fn output(&self, o: usize) -> Place {
        if o < self.y.len() { self.y[o] } else { Place::NONE }
    }

    /// Where a value of the body is.
    #[inline(always)]
    pub fn place<F: Float>(&self, spot: &'static Spot) -> Place
    where
        X: Inputs<F>,
    {
        match spot.home {
            Home::Own => Place::arena(self.base.scratch + spot.at, spot.len),
            Home::Weight(_) if self.base.frozen => {
                Place::weight(self.base.weights + spot.frozen, spot.len)
            }
            Home::Weight(_) => Place::weight(self.base.weights + spot.at, spot.len),
            Home::Input(i) => self.x.place(i),
            Home::Output(o) => self.output(o),
        }
    }
}

/// What a body is compiled for.
pub trait Case {
    /// The body.
    type Body: Body;
    /// The scalar.
    type Float: Float;
    /// What it is given.
    type Inputs: Inputs<Self::Float>;
    /// 1 where its only output is asked for tile by tile, and 0 otherwise.
    const TILED: usize;
}

/// The body `L` in `F` and `M`, given `X`, with tiled output where `T` is 1.
#[derive(Clone, Copy, Debug)]
pub struct For<L, F, X, const T: usize>(PhantomData<(L, F, X)>);

impl<L: Body, F: Float, X: Inputs<F>, const T: usize> Case for For<L, F, X, T> {
    type Body = L;
    type Float = F;
    type Inputs = X;
    const TILED: usize = T;
}

/// A body, whose values and calls are numbered. Written by the macros.
///
/// Rustc evaluates what is asked for, so the layouts stand behind functions: a body that stores nothing is checked without.
pub trait Body: Sized {
    /// What is written in it.
    const SCRIPT: &'static Script;
    /// What its steps add up to.
    const SUMS: Sums;
    /// Where its values are if its outputs are stored.
    const STORED: Layout;
    /// Where they are if its only output is asked for tile by tile.
    const TILED: Layout;
    /// Where the weights of each call begin, as they are trained.
    const OFFSETS: &'static [usize];
    /// How they are stored in a frozen model.
    const NESTED: &'static [Nested];
}

/// Value `V` of a body. Written by the macros: a trait for each value, so that of a body of many values rustc looks only at
/// those that a tile is made of.
pub trait Tiles<const V: usize>: Body {
    /// How it is made where it is tiled.
    type Maker: Make<Self>;
}

/// Call `K` of a body. Written by the macros.
pub trait Feeds<const K: usize>: Body {
    /// What it is given.
    type Values: Values<Self>;
}

const fn stored_layout<L: Body>() -> Layout {
    L::STORED
}

const fn tiled_layout<L: Body>() -> Layout {
    L::TILED
}

/// Where the values of a body are.
pub(super) const fn layout<C: Case>() -> Layout {
    if C::TILED == 1 { tiled_layout::<C::Body>() } else { stored_layout::<C::Body>() }
}

/// How many numbers a body stores if its outputs are stored, or if its only one is asked for tile by tile.
pub const fn total<L: Body>(tiled_output: bool) -> usize {
    match (L::SUMS.stores, tiled_output) {
        (false, _) => 0,
        (true, false) => stored_layout::<L>().total,
        (true, true) => tiled_layout::<L>().total,
    }
}

/// Where value `V` is.
pub const fn spot<C: Case, const V: usize>() -> &'static Spot {
    &layout::<C>().spots[V]
}

/// What makes tiles of value `V`.
pub(super) type Maker<C, const V: usize> = <<C as Case>::Body as Tiles<V>>::Maker;

/// How a tile of a value is made.
///
/// It is asked with `if const`, and only so: what a constant boolean excludes is not compiled, even where nothing is optimised,
/// while a `match` has all its arms; and as all of this is inlined, the arms of arms would be without end.
#[derive(Clone, Copy)]
enum Made {
    /// It is read.
    Stored,
    /// Whoever gives it to the body makes it.
    Given,
    /// The body makes it.
    Here,
}

impl Made {
    const fn is_given(self) -> bool {
        matches!(self, Made::Given)
    }

    const fn is_here(self) -> bool {
        matches!(self, Made::Here)
    }

    const fn is_stored(self) -> bool {
        matches!(self, Made::Stored)
    }
}

const fn made<C: Case, const V: usize>() -> Made {
    let spot = spot::<C, V>();
    match spot.home {
        Home::Input(i) if spot.tiled && has(C::Inputs::TILED, i) => Made::Given,
        Home::Input(_) => Made::Stored,
        _ if spot.tiled => Made::Here,
        _ => Made::Stored,
    }
}

/// A tile of any value of a body, before it is finished: read where it is stored.
#[inline(always)]
pub fn raw<C: Case, const V: usize, const B: usize, const Q: usize>(
    run: &Run<'_, C::Float>,
    cx: &Cx<'_, C::Inputs>,
    at: At,
) -> Tile<C::Float, B, Q>
where
    C::Body: Tiles<V>,
{
    if const { made::<C, V>().is_given() } {
        cx.x.raw(run, const { spot::<C, V>().input() }, at)
    } else if const { made::<C, V>().is_here() } {
        Maker::<C, V>::raw::<C, B, Q>(run, cx, at)
    } else {
        run.load(cx.place(spot::<C, V>()), const { spot::<C, V>().grid.fetch() }, at)
    }
}

/// What finishes a raw tile of any value of a body: nothing, where it is stored.
#[inline(always)]
pub fn finish<C: Case, const V: usize, const B: usize, const Q: usize>(
    run: &Run<'_, C::Float>,
    cx: &Cx<'_, C::Inputs>,
    column: usize,
    tile: Tile<C::Float, B, Q>,
) -> Tile<C::Float, B, Q>
where
    C::Body: Tiles<V>,
{
    if const { made::<C, V>().is_given() } {
        cx.x.finish(run, const { spot::<C, V>().input() }, column, tile)
    } else if const { made::<C, V>().is_here() } {
        Maker::<C, V>::finish::<C, B, Q>(run, cx, column, tile)
    } else {
        tile
    }
}

/// A tile of any value of a body, as an operand of another one, which finds its numbers as `fetch` says.
#[inline(always)]
pub fn operand<C: Case, const V: usize, const B: usize, const Q: usize>(
    run: &Run<'_, C::Float>,
    cx: &Cx<'_, C::Inputs>,
    fetch: Option<Fetch>,
    at: At,
) -> Tile<C::Float, B, Q>
where
    C::Body: Tiles<V>,
{
    if const { made::<C, V>().is_stored() } {
        return stored::<C, V, B, Q>(run, cx, fetch, at);
    }
    let tile = raw::<C, V, B, Q>(run, cx, at);
    finish::<C, V, B, Q>(run, cx, at.column, tile)
}

/// What an operand of a group is where a tile of another one, the main one, is finished.
#[inline(always)]
pub fn settled<C: Case, const V: usize, const MAIN: bool, const B: usize, const Q: usize>(
    run: &Run<'_, C::Float>,
    cx: &Cx<'_, C::Inputs>,
    fetch: Option<Fetch>,
    column: usize,
    tile: Tile<C::Float, B, Q>,
) -> Tile<C::Float, B, Q>
where
    C::Body: Tiles<V>,
{
    if const { MAIN } {
        finish::<C, V, B, Q>(run, cx, column, tile)
    } else {
        stored::<C, V, B, Q>(run, cx, fetch, At { outer: 0, inner: 0, column })
    }
}

#[inline(always)]
fn stored<C: Case, const V: usize, const B: usize, const Q: usize>(
    run: &Run<'_, C::Float>,
    cx: &Cx<'_, C::Inputs>,
    fetch: Option<Fetch>,
    at: At,
) -> Tile<C::Float, B, Q> {
    match fetch {
        Some(fetch) => run.load(cx.place(spot::<C, V>()), fetch, at),
        None => super::nothing(),
    }
}

/// A call of a body: its `O` outputs are stored, or what it must store to be asked for tiles of its only one, `OUT`.
#[inline(always)]
pub fn call<C: Case, const K: usize, const OUT: usize, A: LayerAt, const I: usize, const O: usize>(
    run: &mut Run<'_, C::Float>,
    cx: &Cx<'_, C::Inputs>,
) where
    C::Body: Feeds<K>,
{
    if const { spot::<C, OUT>().is_same } {
        return;
    }
    let (base, args) = (base::<C, K>(cx.base), Args::<C, K>::new(*cx));
    if const { spot::<C, OUT>().tiled } {
        A::prepare::<C::Float, _>(run, base, &args);
    } else {
        let y =
            places::<O>(|o| cx.place(&const { layout::<C>() }.spots[C::Body::SCRIPT.gives[K][o]]));
        A::infer::<C::Float, _, I, O>(run, base, &args, y);
    }
}

/// Where the weights and the memory of call `K` begin.
#[inline(always)]
pub(super) fn base<C: Case, const K: usize>(around: Base) -> Base {
    let at =
        if around.frozen { const { C::Body::NESTED[K].at } } else { const { C::Body::OFFSETS[K] } };
    Base {
        weights: around.weights + at,
        scratch: around.scratch + const { layout::<C>().slots[K] },
        key: mix(around.key, K as u64),
        frozen: around.frozen && const { C::Body::NESTED[K].freeze.is_some() },
    }
}
