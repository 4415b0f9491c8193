//! What a call is given: its inputs, each stored or asked for tile by tile.

use super::body::{Body, Case, Cx, Feeds, layout};
use super::layout::{Home, Monotone, Spot};
use super::make::Values;
use super::mode::PACKS;
use super::offer::has;
use super::tile::{At, Fetch, Tile};
use crate::float::Float;
use crate::memory::{Place, Run};
use crate::shape::MAX_PORTS;

/// The inputs of a call. What is true of them whatever the numbers are is constant: sets of inputs, as bit masks.
pub trait Inputs<F: Float> {
    /// Those that are asked for tile by tile.
    const TILED: u32;
    /// Those of which finishing a tile is a function that never falls.
    const MONOTONE: u32;
    /// Those of which it is one in a frozen model.
    const FROZEN_MONOTONE: u32;
    /// Where input `i` is stored.
    fn place(&self, i: usize) -> Place;
    /// Whether finishing a tile of input `i` never falls.
    fn is_monotone(&self, i: usize) -> bool;
    /// Whether input `i` is a weight that is stored as tiles read it.
    fn is_packed(&self, i: usize) -> bool;
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

/// `[place(0), place(1), …]`: written out, because each is a constant, and a loop over them is none.
#[inline(always)]
pub fn places<const N: usize>(place: impl Fn(usize) -> Place) -> [Place; N] {
    let mut all = [Place::NONE; N];
    macro_rules! each {
        ($($i:literal)*) => { $(if const { N > $i } { all[$i] = place($i); })* };
    }
    const { assert!(N <= MAX_PORTS && MAX_PORTS == 16) };
    each!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15);
    all
}

/// Inputs that are all stored.
#[derive(Clone, Copy, Debug)]
pub struct Given<const I: usize> {
    places: [Place; I],
    fetches: [Fetch; I],
}

impl<const I: usize> Given<I> {
    /// Those of a whole model, whose body knows what it finds there.
    #[inline(always)]
    pub const fn to_model(places: [Place; I]) -> Self {
        Given { places, fetches: [Fetch::NOTHING; I] }
    }
}

impl<F: Float, const I: usize> Inputs<F> for Given<I> {
    const TILED: u32 = 0;
    const MONOTONE: u32 = u32::MAX;
    const FROZEN_MONOTONE: u32 = u32::MAX;

    #[inline(always)]
    fn place(&self, i: usize) -> Place {
        if i < I { self.places[i] } else { Place::NONE }
    }

    #[inline(always)]
    fn is_monotone(&self, _: usize) -> bool {
        true
    }

    #[inline(always)]
    fn is_packed(&self, _: usize) -> bool {
        false
    }

    #[inline(always)]
    fn raw<const B: usize, const Q: usize>(
        &self,
        run: &Run<'_, F>,
        i: usize,
        at: At,
    ) -> Tile<F, B, Q> {
        if i < I { run.load(self.places[i], self.fetches[i], at) } else { [[F::zero(); B]; Q] }
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

/// The inputs of call `K` of a body.
#[derive(Debug)]
pub struct Args<'a, C: Case, const K: usize> {
    cx: Cx<'a, C::Inputs>,
}

impl<'a, C: Case, const K: usize> Args<'a, C, K> {
    #[inline(always)]
    const fn spot(i: usize) -> &'static Spot {
        &layout::<C>().spots[C::Body::SCRIPT.given[K][i]]
    }

    const fn count() -> usize {
        C::Body::SCRIPT.given[K].len()
    }

    #[inline(always)]
    pub(super) fn new(cx: Cx<'a, C::Inputs>) -> Self {
        Args { cx }
    }

    const fn tiled() -> u32 {
        let (mut set, mut i) = (0, 0);
        while i < Self::count() {
            let spot = Self::spot(i);
            let is_tiled = match spot.home {
                Home::Input(input) => spot.tiled && has(C::Inputs::TILED, input),
                _ => spot.tiled,
            };
            set |= (is_tiled as u32) << i;
            i += 1;
        }
        set
    }

    /// Those inputs that are monotone, if those of the body are whose bits are set.
    const fn monotone(given: u32, is_frozen: bool) -> u32 {
        let (mut set, mut i) = (0, 0);
        while i < Self::count() {
            let spot = Self::spot(i);
            let is_source = match spot.source {
                Some(input) => has(given, input),
                None => true,
            };
            set |= ((is_source && Self::is_monotone_here(spot, is_frozen)) as u32) << i;
            i += 1;
        }
        set
    }

    /// Whether finishing never falls, as far as the body goes.
    const fn is_monotone_here(spot: &Spot, is_frozen: bool) -> bool {
        match spot.monotone {
            Monotone::Yes => true,
            Monotone::No => false,
            Monotone::Folded(call) => is_frozen && C::Body::NESTED[call].folded.is_monotone(),
        }
    }
}

impl<C: Case<Body: Feeds<K>>, const K: usize> Args<'_, C, K> {
    /// The same, where all are stored: what a call is given no longer says where it stands.
    #[inline(always)]
    pub(super) fn given<const I: usize>(&self) -> Given<I> {
        let mut given = Given::to_model([Place::NONE; I]);
        for i in 0..I {
            (given.places[i], given.fetches[i]) = (self.place(i), Self::spot(i).grid.fetch());
        }
        given
    }
}

impl<C: Case<Body: Feeds<K>>, const K: usize> Inputs<C::Float> for Args<'_, C, K> {
    const TILED: u32 = Self::tiled();
    const MONOTONE: u32 = Self::monotone(C::Inputs::MONOTONE, false);
    const FROZEN_MONOTONE: u32 = Self::monotone(C::Inputs::FROZEN_MONOTONE, true);

    #[inline(always)]
    fn place(&self, i: usize) -> Place {
        if i < Self::count() { self.cx.place(Self::spot(i)) } else { Place::NONE }
    }

    #[inline(always)]
    fn is_monotone(&self, i: usize) -> bool {
        let spot = Self::spot(i);
        let is_source = match spot.source {
            Some(input) => self.cx.x.is_monotone(input),
            None => true,
        };
        is_source && Self::is_monotone_here(spot, self.cx.base.frozen)
    }

    #[inline(always)]
    fn is_packed(&self, i: usize) -> bool {
        PACKS && self.cx.base.frozen && Self::spot(i).packed
    }

    #[inline(always)]
    fn raw<const B: usize, const Q: usize>(
        &self,
        run: &Run<'_, C::Float>,
        i: usize,
        at: At,
    ) -> Tile<C::Float, B, Q> {
        <C::Body as Feeds<K>>::Values::raw::<C, B, Q>(run, &self.cx, i, at)
    }

    #[inline(always)]
    fn finish<const B: usize, const Q: usize>(
        &self,
        run: &Run<'_, C::Float>,
        i: usize,
        column: usize,
        tile: Tile<C::Float, B, Q>,
    ) -> Tile<C::Float, B, Q> {
        <C::Body as Feeds<K>>::Values::finish::<C, B, Q>(run, &self.cx, i, column, tile)
    }
}
