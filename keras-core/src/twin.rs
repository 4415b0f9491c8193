//! Calls of one model that are alike: the same layer, configured in the same words, on the same shapes.
//!
//! A deep model often repeats a block. What rustc evaluates and compiles belongs to a type, so all calls that are alike become
//! one type, and are paid for once: in the check, in the build, and in the program. The macro sees that words are equal, and
//! rustc that shapes are, in const code, before it decides on the type.

use crate::shape::{Inferred, digest};
use crate::site::{Layer, Site};
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
    /// Its site in the model as such.
    type Site: Site;
}

/// Where a model is called: as such, or in something else.
pub trait Around: Site {
    /// Of a call's own site and the one that it is like in the model as such: the latter there, and elsewhere, where its inputs
    /// may be others, its own.
    type Twin<L: Layer, Alike: Site<Layer = L>, Own: Site<Layer = L>>: Site<Layer = L>;
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
    type Twin<L: Layer, Alike: Site<Layer = L>, Own: Site<Layer = L>> = Own;
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
