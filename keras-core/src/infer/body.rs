//! The values of a body, tile by tile: what expansions of layers and models are made of.

use core::marker::PhantomData;

use super::freeze::Nested;
use super::inputs::Inputs;
use super::layout::{Home, Layout, Script, Spot, Sums};
use super::make::{Make, Values};
use super::offer::has;
use super::tile::{At, Fetch, Tile};
use crate::float::Float;
use crate::memory::{Place, Run};
use crate::random::mix;

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
    /// How its outputs are asked for.
    type Asked: Asked<Self::Body>;
}

/// The body `L` in `F`, given `X`, whose outputs are asked for as `H` says.
#[derive(Clone, Copy, Debug)]
pub struct For<L, F, X, H>(PhantomData<(L, F, X, H)>);

impl<L: Body, F: Float, X: Inputs<F>, H: Asked<L>> Case for For<L, F, X, H> {
    type Body = L;
    type Float = F;
    type Inputs = X;
    type Asked = H;
}

/// How the outputs of the body `L` are asked for.
pub trait Asked<L> {
    /// Whether they are stored.
    const STORED: bool;
    /// Whether the inputs lie in the memory of the body.
    const IS_IN_PLACE: bool = false;
    /// Where the values of the body are then.
    const LAYOUT: &'static Layout;
}

/// All at once.
#[derive(Clone, Copy, Debug)]
pub struct Whole;

impl<L: Body> Asked<L> for Whole {
    const STORED: bool = true;
    const LAYOUT: &'static Layout = L::STORED;
}

/// The only one tile by tile.
#[derive(Clone, Copy, Debug)]
pub struct ByTiles;

impl<L: Body> Asked<L> for ByTiles {
    const STORED: bool = false;
    const LAYOUT: &'static Layout = L::TILED;
}

/// All at once, by a model whose inputs lie in its arena.
#[derive(Clone, Copy, Debug)]
pub struct InPlace;

impl<L: Body> Asked<L> for InPlace {
    const STORED: bool = true;
    const IS_IN_PLACE: bool = true;
    const LAYOUT: &'static Layout = L::IN_PLACE;
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
    const STORED: &'static Layout;
    /// Where they are if its only output is asked for tile by tile.
    const TILED: &'static Layout;
    /// Where they are if its inputs are there, too.
    const IN_PLACE: &'static Layout;
    /// Where the weights of each call begin, as they are trained.
    const OFFSETS: &'static [usize];
    /// How they are stored in a frozen model.
    const NESTED: &'static [Nested];

    /// Stores all values that are stored, one after the other.
    fn steps<C: Case<Body = Self>>(run: &mut Run<'_, C::Float>, cx: &Cx<'_, C::Inputs>);
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

/// Where the values of a body are.
pub(super) const fn layout<C: Case>() -> &'static Layout {
    <C::Asked as Asked<C::Body>>::LAYOUT
}

/// How many numbers a body stores if its outputs are asked for so.
pub const fn total<L: Body, H: Asked<L>>() -> usize {
    if L::SUMS.stores { laid::<L, H>().total } else { 0 }
}

/// How many numbers a body stores in which its inputs lie, these included.
pub const fn in_place<L: Body>() -> usize {
    L::IN_PLACE.total
}

/// Where an input begins in the memory of a body in which its inputs lie.
pub const fn input_at<L: Body>(input: usize) -> usize {
    L::IN_PLACE.spots[L::SCRIPT.inputs[input]].at
}

/// A function, so that rustc evaluates the layout only where it is called.
const fn laid<L: Body, H: Asked<L>>() -> &'static Layout {
    H::LAYOUT
}

/// What makes tiles of value `V`.
pub(super) type Maker<C, const V: usize> = <<C as Case>::Body as Tiles<V>>::Maker;

/// What is constant about value `V` where a body is compiled for `C`: constants of their own, because a constant of a function is
/// one for each size of its tiles.
///
/// What excludes code is asked with `if`, and only so: what a constant boolean excludes is not compiled, even where nothing is
/// optimised, while a `match` has all its arms; and as all of this is inlined, the arms of arms would be without end.
#[derive(Clone, Copy, Debug)]
pub struct Here<C, const V: usize>(PhantomData<fn() -> C>);

impl<C: Case, const V: usize> Here<C, V> {
    /// Where it is.
    pub const SPOT: &'static Spot = &layout::<C>().spots[V];
    /// Whoever gives it to the body makes its tiles.
    const IS_GIVEN: bool = match Self::SPOT.home {
        Home::Input(i) => Self::SPOT.tiled && has(C::Inputs::TILED, i),
        _ => false,
    };
    /// The body makes its tiles.
    const IS_MADE: bool = Self::SPOT.tiled && !matches!(Self::SPOT.home, Home::Input(_));
    /// Its tiles are read.
    const IS_READ: bool = !Self::IS_GIVEN && !Self::IS_MADE;
    const INPUT: usize = Self::SPOT.input();
    const FETCH: Fetch = Self::SPOT.grid.fetch();
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
    if const { Here::<C, V>::IS_GIVEN } {
        cx.x.raw(run, Here::<C, V>::INPUT, at)
    } else if const { Here::<C, V>::IS_MADE } {
        Maker::<C, V>::raw::<C, B, Q>(run, cx, at)
    } else {
        run.load(cx.place(Here::<C, V>::SPOT), Here::<C, V>::FETCH, at)
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
    if const { Here::<C, V>::IS_GIVEN } {
        cx.x.finish(run, Here::<C, V>::INPUT, column, tile)
    } else if const { Here::<C, V>::IS_MADE } {
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
    if const { Here::<C, V>::IS_READ } {
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
        operand::<C, V, B, Q>(run, cx, fetch, At { outer: 0, inner: 0, column })
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
        Some(fetch) => run.load(cx.place(Here::<C, V>::SPOT), fetch, at),
        None => super::nothing(),
    }
}
