//! The values of a body, tile by tile: what expansions of layers and models are made of.

use core::marker::PhantomData;

use super::layout::{Home, Spot};
use super::mode::{Mode, rest, width};
use super::tile::{At, Fetch, Grid, Tile};
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
}

impl Base {
    /// That of a whole model, whose memory begins at `scratch`.
    pub const fn root(scratch: usize) -> Base {
        Base { weights: 0, scratch, key: 0 }
    }
}

/// What a call is given: each input is stored, or asked for tile by tile.
pub trait Inputs<F: Float> {
    /// Where input `i` is stored.
    fn place(&self, i: usize) -> Place;
    /// Whether input `i` is asked for tile by tile.
    fn is_tiled(&self, i: usize) -> bool;
    /// Whether input `i` is a weight that is stored as tiles read it.
    fn is_packed(&self, i: usize) -> bool;
    /// Whether finishing a tile of input `i` is a function that never falls.
    fn is_monotone(&self, i: usize) -> bool;
    /// A tile of input `i` before it is finished.
    fn raw<const B: usize, const Q: usize>(
        &self,
        run: &Run<'_, F>,
        i: usize,
        at: At,
    ) -> Tile<F, B, Q>;
    /// What is left to do with it: the same at every position.
    fn finish<const B: usize, const Q: usize>(
        &self,
        run: &Run<'_, F>,
        i: usize,
        column: usize,
        tile: Tile<F, B, Q>,
    ) -> Tile<F, B, Q>;

    /// A tile of input `i`.
    #[inline(always)]
    fn tile<const B: usize, const Q: usize>(
        &self,
        run: &Run<'_, F>,
        i: usize,
        at: At,
    ) -> Tile<F, B, Q> {
        self.finish(run, i, at.column, self.raw(run, i, at))
    }
}

/// Inputs that are all stored: those of a model.
#[derive(Clone, Copy, Debug)]
pub struct Given<const I: usize>(pub [Place; I]);

impl<F: Float, const I: usize> Inputs<F> for Given<I> {
    #[inline(always)]
    fn place(&self, i: usize) -> Place {
        self.0.get(i).copied().unwrap_or(Place::NONE)
    }

    #[inline(always)]
    fn is_tiled(&self, _: usize) -> bool {
        false
    }

    #[inline(always)]
    fn is_packed(&self, _: usize) -> bool {
        false
    }

    #[inline(always)]
    fn is_monotone(&self, _: usize) -> bool {
        true
    }

    #[inline(always)]
    fn raw<const B: usize, const Q: usize>(
        &self,
        _: &Run<'_, F>,
        _: usize,
        _: At,
    ) -> Tile<F, B, Q> {
        [[F::zero(); B]; Q]
    }

    #[inline(always)]
    fn finish<const B: usize, const Q: usize>(
        &self,
        _: &Run<'_, F>,
        _: usize,
        _: usize,
        tile: Tile<F, B, Q>,
    ) -> Tile<F, B, Q> {
        tile
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

    /// Where a value of the body is.
    #[inline(always)]
    pub fn place<F: Float>(&self, spot: Spot) -> Place
    where
        X: Inputs<F>,
    {
        let len = spot.grid.len();
        match spot.home {
            Home::Own => Place::arena(self.base.scratch + spot.at, len),
            Home::Weight(at) => Place::weight(self.base.weights + at, len),
            Home::Input(i) => self.x.place(i),
            Home::Output(o) => self.y.get(o).copied().unwrap_or(Place::NONE),
        }
    }
}

/// A body, whose values are numbered. `T` is 1 where its only output is asked for tile by tile, and 0 otherwise. Written by the
/// macros.
pub trait Body: Sized {
    /// Where the values are.
    const SPOTS: [&'static [Spot]; 2];
    /// Where the memory of each call begins.
    const SLOTS: [&'static [usize]; 2];
    /// Where the weights of each call begin.
    const OFFSETS: &'static [usize];

    /// A tile of the tiled value `V`, before it is finished.
    fn raw<
        const V: usize,
        const T: usize,
        F: Float,
        M: Mode,
        X: Inputs<F>,
        const B: usize,
        const Q: usize,
    >(
        run: &Run<'_, F>,
        cx: &Cx<'_, X>,
        at: At,
    ) -> Tile<F, B, Q>;

    /// What finishes a raw tile of the tiled value `V`.
    fn finish<
        const V: usize,
        const T: usize,
        F: Float,
        M: Mode,
        X: Inputs<F>,
        const B: usize,
        const Q: usize,
    >(
        run: &Run<'_, F>,
        cx: &Cx<'_, X>,
        column: usize,
        tile: Tile<F, B, Q>,
    ) -> Tile<F, B, Q>;

    /// [`raw`](Self::raw) of input `i` of call `K`.
    fn fed<
        const K: usize,
        const T: usize,
        F: Float,
        M: Mode,
        X: Inputs<F>,
        const B: usize,
        const Q: usize,
    >(
        run: &Run<'_, F>,
        cx: &Cx<'_, X>,
        i: usize,
        at: At,
    ) -> Tile<F, B, Q>;

    /// [`finish`](Self::finish) of input `i` of call `K`.
    fn fed_finish<
        const K: usize,
        const T: usize,
        F: Float,
        M: Mode,
        X: Inputs<F>,
        const B: usize,
        const Q: usize,
    >(
        run: &Run<'_, F>,
        cx: &Cx<'_, X>,
        i: usize,
        column: usize,
        tile: Tile<F, B, Q>,
    ) -> Tile<F, B, Q>;
}

/// The spots of some values of a body.
pub const fn spots<L: Body, const T: usize, const N: usize>(values: [usize; N]) -> [Spot; N] {
    let (mut all, mut i) = ([L::SPOTS[T][0]; N], 0);
    while i < N {
        all[i] = L::SPOTS[T][values[i]];
        i += 1;
    }
    all
}

/// A tile of any value of a body, before it is finished: read where it is stored.
#[inline(always)]
pub fn raw<
    L: Body,
    const V: usize,
    const T: usize,
    F: Float,
    M: Mode,
    X: Inputs<F>,
    const B: usize,
    const Q: usize,
>(
    run: &Run<'_, F>,
    cx: &Cx<'_, X>,
    at: At,
) -> Tile<F, B, Q> {
    let spot = const { L::SPOTS[T][V] };
    match spot.home {
        Home::Input(i) if const { is_given::<L, V, T>() } && cx.x.is_tiled(i) => {
            cx.x.raw(run, i, at)
        }
        _ if const { L::SPOTS[T][V].tiled && !is_given::<L, V, T>() } => {
            L::raw::<V, T, F, M, X, B, Q>(run, cx, at)
        }
        _ => run.load(cx.place(spot), spot.grid.fetch(), at),
    }
}

/// What finishes a raw tile of any value of a body: nothing, where it is stored.
#[inline(always)]
pub fn finish<
    L: Body,
    const V: usize,
    const T: usize,
    F: Float,
    M: Mode,
    X: Inputs<F>,
    const B: usize,
    const Q: usize,
>(
    run: &Run<'_, F>,
    cx: &Cx<'_, X>,
    column: usize,
    tile: Tile<F, B, Q>,
) -> Tile<F, B, Q> {
    match const { L::SPOTS[T][V] }.home {
        Home::Input(i) if const { is_given::<L, V, T>() } && cx.x.is_tiled(i) => {
            cx.x.finish(run, i, column, tile)
        }
        _ if const { L::SPOTS[T][V].tiled && !is_given::<L, V, T>() } => {
            L::finish::<V, T, F, M, X, B, Q>(run, cx, column, tile)
        }
        _ => tile,
    }
}

/// Whether a value is an input of the body.
const fn is_given<L: Body, const V: usize, const T: usize>() -> bool {
    matches!(L::SPOTS[T][V].home, Home::Input(_))
}

/// A tile of any value of a body, as an operand of another one.
#[inline(always)]
pub fn operand<
    L: Body,
    const V: usize,
    const T: usize,
    F: Float,
    M: Mode,
    X: Inputs<F>,
    const B: usize,
    const Q: usize,
>(
    run: &Run<'_, F>,
    cx: &Cx<'_, X>,
    fetch: Option<Fetch>,
    at: At,
) -> Tile<F, B, Q> {
    if const { L::SPOTS[T][V].tiled } {
        let tile = raw::<L, V, T, F, M, X, B, Q>(run, cx, at);
        finish::<L, V, T, F, M, X, B, Q>(run, cx, at.column, tile)
    } else {
        stored::<L, V, T, F, X, B, Q>(run, cx, fetch, at)
    }
}

/// What an operand of a group is where a tile of another one, the main one, is finished.
#[inline(always)]
pub fn settled<
    L: Body,
    const V: usize,
    const T: usize,
    const MAIN: bool,
    F: Float,
    M: Mode,
    X: Inputs<F>,
    const B: usize,
    const Q: usize,
>(
    run: &Run<'_, F>,
    cx: &Cx<'_, X>,
    fetch: Option<Fetch>,
    column: usize,
    tile: Tile<F, B, Q>,
) -> Tile<F, B, Q> {
    if MAIN {
        finish::<L, V, T, F, M, X, B, Q>(run, cx, column, tile)
    } else {
        stored::<L, V, T, F, X, B, Q>(run, cx, fetch, At { outer: 0, inner: 0, column })
    }
}

/// A tile of a stored value.
#[inline(always)]
pub fn stored<
    L: Body,
    const V: usize,
    const T: usize,
    F: Float,
    X: Inputs<F>,
    const B: usize,
    const Q: usize,
>(
    run: &Run<'_, F>,
    cx: &Cx<'_, X>,
    fetch: Option<Fetch>,
    at: At,
) -> Tile<F, B, Q> {
    let place = cx.place(const { L::SPOTS[T][V] });
    fetch.map_or([[F::zero(); B]; Q], |fetch| run.load(place, fetch, at))
}

/// The inputs of call `K` of the body `L`.
#[derive(Debug)]
pub struct Args<'a, L, M, X, const K: usize, const T: usize, const I: usize> {
    cx: Cx<'a, X>,
    spots: [Spot; I],
    kind: PhantomData<fn() -> (L, M)>,
}

impl<'a, L, M, X, const K: usize, const T: usize, const I: usize> Args<'a, L, M, X, K, T, I> {
    /// Values with these spots.
    #[inline(always)]
    pub fn new(cx: Cx<'a, X>, spots: [Spot; I]) -> Self {
        Args { cx, spots, kind: PhantomData }
    }

    #[inline(always)]
    fn spot(&self, i: usize) -> Option<Spot> {
        self.spots.get(i).copied()
    }
}

impl<F, L, M, X, const K: usize, const T: usize, const I: usize> Inputs<F>
    for Args<'_, L, M, X, K, T, I>
where
    F: Float,
    L: Body,
    M: Mode,
    X: Inputs<F>,
{
    #[inline(always)]
    fn place(&self, i: usize) -> Place {
        self.spot(i).map_or(Place::NONE, |spot| self.cx.place(spot))
    }

    #[inline(always)]
    fn is_tiled(&self, i: usize) -> bool {
        self.spot(i).is_some_and(|spot| match spot.home {
            Home::Input(given) => spot.tiled && self.cx.x.is_tiled(given),
            _ => spot.tiled,
        })
    }

    #[inline(always)]
    fn is_packed(&self, i: usize) -> bool {
        M::PACKED && self.spot(i).is_some_and(|spot| spot.packed)
    }

    #[inline(always)]
    fn is_monotone(&self, i: usize) -> bool {
        self.spot(i).is_some_and(|spot| {
            spot.monotone && spot.source.is_none_or(|given| self.cx.x.is_monotone(given))
        })
    }

    #[inline(always)]
    fn raw<const B: usize, const Q: usize>(
        &self,
        run: &Run<'_, F>,
        i: usize,
        at: At,
    ) -> Tile<F, B, Q> {
        L::fed::<K, T, F, M, X, B, Q>(run, &self.cx, i, at)
    }

    #[inline(always)]
    fn finish<const B: usize, const Q: usize>(
        &self,
        run: &Run<'_, F>,
        i: usize,
        column: usize,
        tile: Tile<F, B, Q>,
    ) -> Tile<F, B, Q> {
        L::fed_finish::<K, T, F, M, X, B, Q>(run, &self.cx, i, column, tile)
    }
}

/// A call of a body: its outputs are stored, or what it must store to be asked for tiles of its only one, `OUT`.
#[inline(always)]
pub fn call<
    L,
    const K: usize,
    const T: usize,
    const OUT: usize,
    A,
    F,
    M,
    X,
    const I: usize,
    const O: usize,
>(
    run: &mut Run<'_, F>,
    cx: &Cx<'_, X>,
    inputs: [Spot; I],
    outputs: [Spot; O],
) where
    L: Body,
    A: LayerAt,
    F: Float,
    M: Mode,
    X: Inputs<F>,
{
    if const { L::SPOTS[T][OUT].is_same } {
        return;
    }
    let args = Args::<L, M, X, K, T, I>::new(*cx, inputs);
    let base = base::<L, K, T>(cx.base);
    if const { L::SPOTS[T][OUT].tiled } {
        A::prepare::<F, M, _>(run, base, &args);
    } else {
        A::infer::<F, M, _, I, O>(run, base, &args, outputs.map(|spot| cx.place(spot)));
    }
}

/// Where the weights and the memory of call `K` begin.
#[inline(always)]
fn base<L: Body, const K: usize, const T: usize>(around: Base) -> Base {
    Base {
        weights: around.weights + const { L::OFFSETS[K] },
        scratch: around.scratch + const { L::SLOTS[T][K] },
        key: mix(around.key, K as u64),
    }
}

/// A raw tile of the output of call `K`.
#[inline(always)]
pub fn call_raw<
    L,
    const K: usize,
    const T: usize,
    A,
    F,
    M,
    X,
    const I: usize,
    const B: usize,
    const Q: usize,
>(
    run: &Run<'_, F>,
    cx: &Cx<'_, X>,
    inputs: [Spot; I],
    at: At,
) -> Tile<F, B, Q>
where
    L: Body,
    A: LayerAt,
    F: Float,
    M: Mode,
    X: Inputs<F>,
{
    let args = Args::<L, M, X, K, T, I>::new(*cx, inputs);
    A::raw::<F, M, _, B, Q>(run, base::<L, K, T>(cx.base), &args, at)
}

/// What finishes a raw tile of the output of call `K`.
#[inline(always)]
pub fn call_finish<
    L,
    const K: usize,
    const T: usize,
    A,
    F,
    M,
    X,
    const I: usize,
    const B: usize,
    const Q: usize,
>(
    run: &Run<'_, F>,
    cx: &Cx<'_, X>,
    inputs: [Spot; I],
    column: usize,
    tile: Tile<F, B, Q>,
) -> Tile<F, B, Q>
where
    L: Body,
    A: LayerAt,
    F: Float,
    M: Mode,
    X: Inputs<F>,
{
    let args = Args::<L, M, X, K, T, I>::new(*cx, inputs);
    A::finish::<F, M, _, B, Q>(run, base::<L, K, T>(cx.base), &args, column, tile)
}

/// Something that is stored a tile at a time.
pub trait Source<F: Float> {
    /// Its numbers.
    const GRID: Grid;
    /// Whether two positions side by side are computed together.
    const PAIRS: bool;
    /// A tile.
    fn tile<const B: usize, const Q: usize>(&self, run: &Run<'_, F>, at: At) -> Tile<F, B, Q>;
}

/// A value of a body that is stored, by what it is made of.
struct Value<'a, L, M, X, const V: usize, const T: usize> {
    cx: Cx<'a, X>,
    kind: PhantomData<fn() -> (L, M)>,
}

impl<F, L, M, X, const V: usize, const T: usize> Source<F> for Value<'_, L, M, X, V, T>
where
    F: Float,
    L: Body,
    M: Mode,
    X: Inputs<F>,
{
    const GRID: Grid = L::SPOTS[T][V].grid;
    const PAIRS: bool = L::SPOTS[T][V].pairs;

    #[inline(always)]
    fn tile<const B: usize, const Q: usize>(&self, run: &Run<'_, F>, at: At) -> Tile<F, B, Q> {
        let tile = L::raw::<V, T, F, M, X, B, Q>(run, &self.cx, at);
        L::finish::<V, T, F, M, X, B, Q>(run, &self.cx, at.column, tile)
    }
}

/// Stores an elementwise value, unless it is asked for tile by tile.
#[inline(always)]
pub fn group<L: Body, const V: usize, const T: usize, F: Float, M: Mode, X: Inputs<F>>(
    run: &mut Run<'_, F>,
    cx: &Cx<'_, X>,
) {
    if const { !L::SPOTS[T][V].tiled } {
        let place = cx.place(const { L::SPOTS[T][V] });
        let value = Value::<L, M, X, V, T> { cx: *cx, kind: PhantomData };
        store::<_, F, M>(run, &value, place);
    }
}

/// Stores a copy of a value, unless it is that value.
#[inline(always)]
pub fn copy<L: Body, const V: usize, const OF: usize, const T: usize, F: Float, X: Inputs<F>>(
    run: &mut Run<'_, F>,
    cx: &Cx<'_, X>,
) {
    if const { !L::SPOTS[T][V].is_same } {
        let (from, to) = (cx.place(const { L::SPOTS[T][OF] }), cx.place(const { L::SPOTS[T][V] }));
        run.copy(from, to);
    }
}

/// A call whose output is stored a tile at a time.
struct Output<'a, A, M, X> {
    base: Base,
    x: &'a X,
    kind: PhantomData<fn() -> (A, M)>,
}

impl<F: Float, A: LayerAt, M: Mode, X: Inputs<F>> Source<F> for Output<'_, A, M, X> {
    const GRID: Grid = Grid::of(&A::OUTPUTS[0]);
    const PAIRS: bool = A::INFERENCE.pairs;

    #[inline(always)]
    fn tile<const B: usize, const Q: usize>(&self, run: &Run<'_, F>, at: At) -> Tile<F, B, Q> {
        let tile = A::raw::<F, M, X, B, Q>(run, self.base, self.x, at);
        A::finish::<F, M, X, B, Q>(run, self.base, self.x, at.column, tile)
    }
}

/// Stores the only output of a layer that gives it tile by tile.
#[inline(always)]
pub fn store_output<A: LayerAt, F: Float, M: Mode, X: Inputs<F>>(
    run: &mut Run<'_, F>,
    base: Base,
    x: &X,
    y: Place,
) {
    store::<_, F, M>(run, &Output::<A, M, X> { base, x, kind: PhantomData }, y);
}

/// Stores all tiles.
///
/// On a host each stored value is a function of its own, so that a model of many layers needs no more stack than one; without
/// `std` it is part of its caller, whose sizes and places are constants.
#[cfg_attr(feature = "std", inline(never))]
#[cfg_attr(not(feature = "std"), inline(always))]
fn store<S: Source<F>, F: Float, M: Mode>(run: &mut Run<'_, F>, source: &S, place: Place) {
    let pairs = const { S::PAIRS && S::GRID.inner > 1 && !M::SMALL };
    for outer in 0..S::GRID.outer {
        if pairs {
            for inner in 0..S::GRID.inner / 2 {
                row::<S, F, M, 2>(run, source, place, (outer, 2 * inner));
            }
            if const { S::GRID.inner % 2 == 1 } {
                row::<S, F, M, 1>(run, source, place, (outer, S::GRID.inner - 1));
            }
        } else {
            for inner in 0..S::GRID.inner {
                row::<S, F, M, 1>(run, source, place, (outer, inner));
            }
        }
    }
}

/// Says `body` with the constant `$b`, which is the width.
macro_rules! of_width {
    ($width:expr, $b:ident of $($known:literal)* => $body:expr) => {
        $(if const { $width == $known } {
            const $b: usize = $known;
            $body
        })*
    };
}

macro_rules! of_any_width {
    ($width:expr, $b:ident => $body:expr) => {
        of_width!($width, $b of 1 2 3 4 5 6 7 8 9 10 11 12 16 32 => $body)
    };
}

/// The tiles of `Q` positions.
#[inline(always)]
fn row<S: Source<F>, F: Float, M: Mode, const Q: usize>(
    run: &mut Run<'_, F>,
    source: &S,
    place: Place,
    (outer, inner): (usize, usize),
) {
    let mut put = PutRow { run, source, place, outer, inner };
    of_any_width!(width(S::GRID.columns, M::SMALL), B => {
        for block in 0..S::GRID.columns / B {
            put.tile::<B, Q>(block * B);
        }
    });
    of_any_width!(rest(S::GRID.columns, M::SMALL), B => {
        put.tile::<B, Q>(const { S::GRID.columns - S::GRID.columns % width(S::GRID.columns, M::SMALL) });
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
