//! Calls of one model that are alike: the same layer, configured in the same words, on the same shapes.
//!
//! A deep model often repeats a block. What rustc evaluates and compiles belongs to a type, so all calls that are alike become
//! one type, and are paid for once: in the check, in the build, and in the program. The macro sees that words are equal, and
//! rustc that shapes are, in const code, before it decides on the type.

use crate::backend::Backend;
use crate::float::Float;
use crate::infer::{At, Base, Freeze, Inference, Inputs, Tile};
use crate::memory::{Extent, Frame, Place, Run};
use crate::shape::{Doubt, Inferred, MAX_PORTS, digest};
use crate::site::{Keeps, LayerAt, Site};
use crate::weights::Tree;
use core::marker::PhantomData;

/// How many different shapes are remembered for calls of the same words.
const REMEMBERED: usize = 16;

/// The calls of the same words so far, and the one that the last of them is like. A constant for each of these calls.
///
/// Shapes are known by a number here, so that constants are small: rustc reads all of one whenever another is made of it.
#[derive(Clone, Copy, Debug)]
pub struct Twins {
    shapes: [u64; REMEMBERED],
    sites: [usize; REMEMBERED],
    /// How many were seen; the oldest make room.
    count: usize,
    /// The number of the first call that is like the last one: its own if there is none.
    pub first: usize,
}

impl Twins {
    /// No call so far.
    pub const NONE: Twins =
        Twins { shapes: [0; REMEMBERED], sites: [0; REMEMBERED], count: 0, first: 0 };

    /// With the call number `site` on these `inputs`.
    pub const fn and(mut self, site: usize, inputs: &[Inferred]) -> Twins {
        self.first = site;
        let Some(digest) = digest(inputs) else { return self };
        let mut i = 0;
        while i < self.count && i < REMEMBERED {
            if self.shapes[i] == digest {
                self.first = self.sites[i];
                return self;
            }
            i += 1;
        }
        let at = self.count % REMEMBERED;
        (self.shapes[at], self.sites[at]) = (digest, site);
        self.count += 1;
        self
    }
}

/// A model's call number `I`. Written by `model!`.
pub trait Nth<const I: usize> {
    /// Its layer.
    type Layer: 'static;
    /// Its site in the model as such.
    type Site: Site<Layer = Self::Layer>;
    /// The site of the first call that is like it.
    type First: Site<Layer = Self::Layer>;
}

/// Where a model is called: as such, or in something else.
///
/// A trait, so that generic code need not know which calls are alike: rustc checks it again only if it changes itself.
pub trait Around: Site {
    /// Of call number `I`, the site of the first one that is like it in the model as such; elsewhere, where its inputs may be others,
    /// its own.
    type Twin<const I: usize, Calls: Nth<I>, Own: Site<Layer = Calls::Layer>>: Site<
        Layer = Calls::Layer,
    >;
}

/// What is behind the checks of a model that no constant in it panics. Where one does, this is not known of any type, and
/// rustc is silent about what follows.
pub trait Sound {
    /// The same type, of a layer at a call.
    type Behind<T: LayerAt>: LayerAt;
    /// The same type, of a configuration.
    type Configured<T>;
}

impl Sound for [(); 0] {
    type Behind<T: LayerAt> = T;
    type Configured<T> = T;
}

/// A call of a model in something else.
pub struct Within<S>(PhantomData<fn() -> S>);

impl<S: Site> Site for Within<S> {
    type Layer = S::Layer;
    type At = S::At;
    const LAYER: &'static S::Layer = S::LAYER;
    const INPUTS: &'static [Inferred] = S::INPUTS;
}

impl<S: Site> Around for Within<S> {
    type Twin<const I: usize, Calls: Nth<I>, Own: Site<Layer = Calls::Layer>> = Own;
}

/// The layer at a call of a model: a type that says nothing of the others, so that rustc reads bodies of many calls fast.
pub struct Call<S>(PhantomData<fn() -> S>);

impl<S: Site> LayerAt for Call<S> {
    const OUTPUTS: &'static [Inferred] = S::At::OUTPUTS;
    const WEIGHTS: &'static Tree = S::At::WEIGHTS;
    const LIMITS: [usize; MAX_PORTS] = S::At::LIMITS;
    const DOUBT: Option<Doubt> = S::At::DOUBT;
    const KEEPS: Keeps = S::At::KEEPS;
    const SAVED: Extent = S::At::SAVED;
    const FORWARD: Extent = S::At::FORWARD;
    const INFER: Extent = S::At::INFER;
    const BACKWARD: Extent = S::At::BACKWARD;
    const INFERENCE: Inference = S::At::INFERENCE;
    const SCRATCH: usize = S::At::SCRATCH;
    const TILED_SCRATCH: usize = S::At::TILED_SCRATCH;
    const FREEZE: Option<&'static Freeze> = S::At::FREEZE;

    #[inline(always)]
    fn forward<F: Float, B: Backend, const TRAIN: bool, const I: usize, const O: usize>(
        run: &mut Run<'_, F>,
        frame: Frame,
        x: [Place; I],
        y: [Place; O],
    ) {
        S::At::forward::<F, B, TRAIN, I, O>(run, frame, x, y);
    }

    #[inline(always)]
    fn backward<F: Float, B: Backend, const I: usize, const O: usize>(
        run: &mut Run<'_, F>,
        frame: Frame,
        x: [Place; I],
        y: [Place; O],
        dy: [Place; O],
        dx: [Place; I],
    ) {
        S::At::backward::<F, B, I, O>(run, frame, x, y, dy, dx);
    }

    #[inline(always)]
    fn infer<F: Float, X: Inputs<F>, const I: usize, const O: usize>(
        run: &mut Run<'_, F>,
        base: Base,
        x: &X,
        y: [Place; O],
    ) {
        S::At::infer::<F, X, I, O>(run, base, x, y);
    }

    #[inline(always)]
    fn prepare<F: Float, X: Inputs<F>>(run: &mut Run<'_, F>, base: Base, x: &X) {
        S::At::prepare(run, base, x);
    }

    #[inline(always)]
    fn raw<F: Float, X: Inputs<F>, const B: usize, const Q: usize>(
        run: &Run<'_, F>,
        base: Base,
        x: &X,
        at: At,
    ) -> Tile<F, B, Q> {
        S::At::raw(run, base, x, at)
    }

    #[inline(always)]
    fn finish<F: Float, X: Inputs<F>, const B: usize, const Q: usize>(
        run: &Run<'_, F>,
        base: Base,
        x: &X,
        column: usize,
        tile: Tile<F, B, Q>,
    ) -> Tile<F, B, Q> {
        S::At::finish(run, base, x, column, tile)
    }
}

#[cfg(test)]
mod tests {
    use super::{REMEMBERED, Twins};
    use crate::shape::{Dim, Inferred};

    fn of(size: usize) -> [Inferred; 1] {
        [Inferred::shape(&[Dim::of(size)])]
    }

    #[test]
    fn calls_on_the_same_shapes_are_like_the_first() {
        let twins = Twins::NONE.and(3, &of(5));
        assert_eq!(twins.first, 3);
        let twins = twins.and(4, &of(6));
        assert_eq!(twins.first, 4);
        let twins = twins.and(9, &of(5));
        assert_eq!(twins.first, 3);
        assert_eq!(twins.and(10, &of(6)).first, 4);
    }

    #[test]
    fn a_call_with_an_error_is_like_no_other() {
        let twins = Twins::NONE.and(0, &[Inferred::Poisoned]);
        assert_eq!(twins.and(1, &[Inferred::Poisoned]).first, 1);
    }

    #[test]
    fn of_many_shapes_the_oldest_are_forgotten() {
        let all = (0..=REMEMBERED).fold(Twins::NONE, |twins, i| twins.and(i, &of(i + 1)));
        assert_eq!(all.and(50, &of(2)).first, 1);
        assert_eq!(all.and(50, &of(REMEMBERED + 1)).first, REMEMBERED);
        assert_eq!(all.and(50, &of(1)).first, 50);
    }
}
