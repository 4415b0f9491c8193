//! The calls of a body: how each is stored.

use core::marker::PhantomData;

use super::affine;
use super::body::{Base, Body, Case, Cx, Feeds, Here, layout};
use super::freeze::Nested;
use super::inputs::{Args, Given, Inputs};
use super::store;
use crate::float::Float;
use crate::memory::{Place, Run};
use crate::random::mix;
use crate::site::{LayerAt, Site};

/// A call of a body: its `O` outputs are stored at `y`, or what it must store to be asked for tiles of its only one, `OUT`.
#[inline(always)]
pub fn call<C: Case, const K: usize, const OUT: usize, A: LayerAt, const I: usize, const O: usize>(
    run: &mut Run<'_, C::Float>,
    cx: &Cx<'_, C::Inputs>,
    y: [Place; O],
) where
    C::Body: Feeds<K>,
{
    (const { Ways::<C, A, K, OUT, I, O>::WAY })(run, cx, y);
}

/// A way to store a call.
type Way<C, const O: usize> =
    fn(&mut Run<'_, <C as Case>::Float>, &Cx<'_, <C as Case>::Inputs>, [Place; O]);

/// The ways to store call `K`, of the layer `A`. Which one is taken is a constant, and no `if const`: rustc visits all that a
/// function names, and all that this names in turn, also in code that is excluded, but of a constant only its value.
struct Ways<C, A, const K: usize, const OUT: usize, const I: usize, const O: usize>(
    PhantomData<fn() -> (C, A)>,
);

impl<
    C: Case<Body: Feeds<K>>,
    A: LayerAt,
    const K: usize,
    const OUT: usize,
    const I: usize,
    const O: usize,
> Ways<C, A, K, OUT, I, O>
{
    const WAY: Way<C, O> = if Here::<C, OUT>::SPOT.is_same {
        Self::nothing
    } else if affine::is_folded::<C, K>() {
        Self::where_frozen
    } else {
        Self::TRAINED
    };

    /// That of a body whose weights are those of training.
    const TRAINED: Way<C, O> = if Here::<C, OUT>::SPOT.tiled {
        Self::prepare
    } else if cfg!(feature = "std") && Args::<C, K>::TILED == 0 {
        Self::apart
    } else {
        Self::infer
    };

    /// That of one whose weights are frozen, where this folds the call.
    const FROZEN: Way<C, O> = if Here::<C, OUT>::SPOT.tiled { Self::nothing } else { Self::folded };

    // No closures: they would not be inlined on a board, where these are always.

    #[inline(always)]
    fn nothing(_: &mut Run<'_, C::Float>, _: &Cx<'_, C::Inputs>, _: [Place; O]) {}

    #[inline(always)]
    fn prepare(run: &mut Run<'_, C::Float>, cx: &Cx<'_, C::Inputs>, _: [Place; O]) {
        A::prepare::<C::Float, _>(run, base::<C, K>(cx.base), &Args::<C, K>::new(*cx));
    }

    #[inline(always)]
    fn apart(run: &mut Run<'_, C::Float>, cx: &Cx<'_, C::Inputs>, y: [Place; O]) {
        let (base, args) = (base::<C, K>(cx.base), Args::<C, K>::new(*cx));
        apart::<A, C::Float, I, O>(run, base, args.given(), y);
    }

    #[inline(always)]
    fn infer(run: &mut Run<'_, C::Float>, cx: &Cx<'_, C::Inputs>, y: [Place; O]) {
        let (base, args) = (base::<C, K>(cx.base), Args::<C, K>::new(*cx));
        A::infer::<C::Float, _, I, O>(run, base, &args, y);
    }

    #[inline(always)]
    fn folded(run: &mut Run<'_, C::Float>, cx: &Cx<'_, C::Inputs>, _: [Place; O]) {
        store::folded::<C, K, A>(run, cx, cx.place(Here::<C, OUT>::SPOT));
    }

    #[inline(always)]
    fn where_frozen(run: &mut Run<'_, C::Float>, cx: &Cx<'_, C::Inputs>, y: [Place; O]) {
        if cx.base.frozen {
            return (const { Self::FROZEN })(run, cx, y);
        }
        (const { Self::TRAINED })(run, cx, y);
    }
}

/// A layer whose inputs are stored, on a host: one function for all calls that are [alike](crate::twin), wherever they stand.
#[cfg_attr(feature = "std", inline(never))]
#[cfg_attr(not(feature = "std"), inline(always))]
fn apart<A: LayerAt, F: Float, const I: usize, const O: usize>(
    run: &mut Run<'_, F>,
    base: Base,
    x: Given<I>,
    y: [Place; O],
) {
    A::infer::<F, _, I, O>(run, base, &x, y);
}

/// A [`call`] of a layer with one output, `OUT`: a function, so that rustc finds out once what layer that is.
#[inline(always)]
pub fn layer<C: Case, const K: usize, const OUT: usize, S: Site, const I: usize>(
    run: &mut Run<'_, C::Float>,
    cx: &Cx<'_, C::Inputs>,
) where
    C::Body: Feeds<K>,
{
    let y = [cx.place(Here::<C, OUT>::SPOT)];
    call::<C, K, OUT, S::At, I, 1>(run, cx, y);
}

/// Where the weights and the memory of call `K` begin.
#[inline(always)]
pub(super) fn base<C: Case, const K: usize>(around: Base) -> Base {
    around.call(const { &Called::new::<C>(K) })
}

/// A call of a body, as far as it is constant.
struct Called {
    number: u64,
    /// Where its weights begin as they are trained, and in a frozen model.
    trained: usize,
    frozen: usize,
    /// Whether a frozen model stores them as the call's layer says.
    is_frozen: bool,
    scratch: usize,
}

impl Called {
    const fn new<C: Case>(call: usize) -> Called {
        let Nested { at, freeze, .. } = C::Body::NESTED[call];
        Called {
            number: call as u64,
            trained: C::Body::OFFSETS[call],
            frozen: at,
            is_frozen: freeze.is_some(),
            scratch: layout::<C>().slots[call],
        }
    }
}

impl Base {
    /// That of a call in the body that begins here. On a host a function for all calls.
    #[cfg_attr(feature = "std", inline(never))]
    #[cfg_attr(not(feature = "std"), inline(always))]
    fn call(self, call: &Called) -> Base {
        let at = if self.frozen { call.frozen } else { call.trained };
        Base {
            weights: self.weights + at,
            scratch: self.scratch + call.scratch,
            key: mix(self.key, call.number),
            frozen: self.frozen && call.is_frozen,
        }
    }
}
