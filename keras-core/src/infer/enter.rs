//! A whole model: where its inputs and outputs are, and how it is run.

use super::body::{Asked, Base, Body, Cx, For, input_at};
use super::inputs::Given;
use crate::float::Float;
use crate::memory::{Extent, Place, Run};
use crate::net::{Stored, places};

/// The body of a whole model. Written by the macros.
pub trait Root: Body {
    /// How many numbers the outputs have: what is stored lies behind them.
    const BEHIND: usize;
    /// Where the inputs are.
    const X: &'static [Place];
    /// Where the outputs are.
    const Y: &'static [Place];
}

/// A whole model, of `I` inputs, asked for as `H` says.
///
/// On a host a function of its own, and its constants those of a type: what is not generic in a function that is generic over
/// the scalar, rustc evaluates once more for it, with all that it is made of.
#[cfg_attr(feature = "std", inline(never))]
#[cfg_attr(not(feature = "std"), inline(always))]
pub fn enter<L: Root, F: Float, H: Asked<L>, const I: usize>(
    weights: Stored<'_, F>,
    inputs: &[&[F]],
    arena: &mut [F],
) {
    let (weights, frozen) = match weights {
        Stored::Trained(weights) => (weights, false),
        Stored::Frozen(weights) => (weights, true),
    };
    let mut run = Run::new(arena, Extent::ZERO, 1, weights, &mut [], inputs);
    let x = if const { H::IS_IN_PLACE } { const { inside::<L, I>() } } else { places(L::X) };
    let x = Given::<I>::to_model(x);
    let cx = Cx { base: Base::root(L::BEHIND, frozen), x: &x, y: L::Y };
    L::steps::<For<L, F, Given<I>, H>>(&mut run, &cx);
}

/// Where the inputs are if they lie in the arena: a function, so that rustc lays that out only where it is asked for.
const fn inside<L: Root, const I: usize>() -> [Place; I] {
    let (mut all, mut i) = ([Place::NONE; I], 0);
    while i < I {
        all[i] = Place::arena(L::BEHIND + input_at::<L>(i), L::X[i].len);
        i += 1;
    }
    all
}
