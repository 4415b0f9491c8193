//! What makes the values of a body, a tile at a time: types that the macros name, so that what they stand for is written once.

use core::marker::PhantomData;

use super::affine::Fold;
use super::body::{Body, Case, Cx, Feeds, Tiles, finish, raw};
use super::call::base;
use super::inputs::Args;
use super::tile::{At, Tile};
use crate::memory::Run;
use crate::site::LayerAt;

/// How a value of the body `L` is made, a tile at a time.
#[expect(unused_variables, reason = "of a value that is never tiled there is nothing to say")]
pub trait Make<L: Body> {
    /// A tile of it, before it is finished.
    #[inline(always)]
    fn raw<C: Case<Body = L>, const B: usize, const Q: usize>(
        run: &Run<'_, C::Float>,
        cx: &Cx<'_, C::Inputs>,
        at: At,
    ) -> Tile<C::Float, B, Q> {
        super::nothing()
    }

    /// What finishes a raw tile of it.
    #[inline(always)]
    fn finish<C: Case<Body = L>, const B: usize, const Q: usize>(
        run: &Run<'_, C::Float>,
        cx: &Cx<'_, C::Inputs>,
        column: usize,
        tile: Tile<C::Float, B, Q>,
    ) -> Tile<C::Float, B, Q> {
        tile
    }
}

/// Nothing makes it: it is never tiled.
#[derive(Clone, Copy, Debug)]
pub struct Never;

impl<L: Body> Make<L> for Never {}

/// It is value `V`.
#[derive(Clone, Copy, Debug)]
pub struct Same<const V: usize>;

impl<L: Tiles<V>, const V: usize> Make<L> for Same<V> {
    #[inline(always)]
    fn raw<C: Case<Body = L>, const B: usize, const Q: usize>(
        run: &Run<'_, C::Float>,
        cx: &Cx<'_, C::Inputs>,
        at: At,
    ) -> Tile<C::Float, B, Q> {
        raw::<C, V, B, Q>(run, cx, at)
    }

    #[inline(always)]
    fn finish<C: Case<Body = L>, const B: usize, const Q: usize>(
        run: &Run<'_, C::Float>,
        cx: &Cx<'_, C::Inputs>,
        column: usize,
        tile: Tile<C::Float, B, Q>,
    ) -> Tile<C::Float, B, Q> {
        finish::<C, V, B, Q>(run, cx, column, tile)
    }
}

/// It is the only output of call `K`, of the layer `A`: what that makes of its inputs, or one of them.
#[derive(Clone, Copy, Debug)]
pub struct Output<const K: usize, A>(PhantomData<fn() -> A>);

impl<L: Feeds<K>, A: LayerAt, const K: usize> Make<L> for Output<K, A> {
    #[inline(always)]
    fn raw<C: Case<Body = L>, const B: usize, const Q: usize>(
        run: &Run<'_, C::Float>,
        cx: &Cx<'_, C::Inputs>,
        at: At,
    ) -> Tile<C::Float, B, Q> {
        if const { A::INFERENCE.is_same() } {
            return L::Values::raw::<C, B, Q>(run, cx, const { A::INFERENCE.origin() }, at);
        }
        if let Some(raw) = Fold::<C, A, K, B, Q>::RAW
            && cx.base.frozen
        {
            return raw(run, cx, at);
        }
        let args = Args::<C, K>::new(*cx);
        A::raw::<C::Float, _, B, Q>(run, base::<C, K>(cx.base), &args, at)
    }

    #[inline(always)]
    fn finish<C: Case<Body = L>, const B: usize, const Q: usize>(
        run: &Run<'_, C::Float>,
        cx: &Cx<'_, C::Inputs>,
        column: usize,
        tile: Tile<C::Float, B, Q>,
    ) -> Tile<C::Float, B, Q> {
        if const { A::INFERENCE.is_same() } {
            let origin = const { A::INFERENCE.origin() };
            return L::Values::finish::<C, B, Q>(run, cx, origin, column, tile);
        }
        if let Some(finish) = Fold::<C, A, K, B, Q>::FINISH
            && cx.base.frozen
        {
            return finish(run, cx, column, tile);
        }
        let args = Args::<C, K>::new(*cx);
        A::finish::<C::Float, _, B, Q>(run, base::<C, K>(cx.base), &args, column, tile)
    }
}

/// Values of the body `L`, which a call is given: `(Of<V>, (Of<W>, ()))`.
#[expect(unused_variables, reason = "to a call without inputs there is nothing to give")]
pub trait Values<L: Body> {
    /// [`raw`](Make::raw) of value `i` of them.
    #[inline(always)]
    fn raw<C: Case<Body = L>, const B: usize, const Q: usize>(
        run: &Run<'_, C::Float>,
        cx: &Cx<'_, C::Inputs>,
        i: usize,
        at: At,
    ) -> Tile<C::Float, B, Q> {
        super::nothing()
    }

    /// [`finish`](Make::finish) of value `i` of them.
    #[inline(always)]
    fn finish<C: Case<Body = L>, const B: usize, const Q: usize>(
        run: &Run<'_, C::Float>,
        cx: &Cx<'_, C::Inputs>,
        i: usize,
        column: usize,
        tile: Tile<C::Float, B, Q>,
    ) -> Tile<C::Float, B, Q> {
        tile
    }
}

impl<L: Body> Values<L> for () {}

/// Value `V` of a body.
#[derive(Clone, Copy, Debug)]
pub struct Of<const V: usize>;

impl<L: Tiles<V>, R: Values<L>, const V: usize> Values<L> for (Of<V>, R) {
    #[inline(always)]
    fn raw<C: Case<Body = L>, const B: usize, const Q: usize>(
        run: &Run<'_, C::Float>,
        cx: &Cx<'_, C::Inputs>,
        i: usize,
        at: At,
    ) -> Tile<C::Float, B, Q> {
        if i == 0 { raw::<C, V, B, Q>(run, cx, at) } else { R::raw::<C, B, Q>(run, cx, i - 1, at) }
    }

    #[inline(always)]
    fn finish<C: Case<Body = L>, const B: usize, const Q: usize>(
        run: &Run<'_, C::Float>,
        cx: &Cx<'_, C::Inputs>,
        i: usize,
        column: usize,
        tile: Tile<C::Float, B, Q>,
    ) -> Tile<C::Float, B, Q> {
        if i == 0 {
            finish::<C, V, B, Q>(run, cx, column, tile)
        } else {
            R::finish::<C, B, Q>(run, cx, i - 1, column, tile)
        }
    }
}
