//! A running step: the arena, the weights, the gradients and the inputs, and [`Run::views`] that lends parts of them.
//!
//! What every call of a layer uses is one function on a host, so that a model of many calls compiles fast; without `std` it is
//! inlined, so that with constant places the checks fold away.

use super::{Extent, Slot};
use crate::infer::{At, Base, Fetch, Grid, SMALL, Tile, first, fresh};
use crate::shape::Inferred;
use crate::site::LayerAt;

/// Which memory a [`Place`] is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// Nowhere: a cotangent that nobody asks for.
    None,
    /// The arena of the step.
    Arena,
    /// The flat weights.
    Weights,
    /// The flat gradients of the weights.
    Gradients,
    /// Input `i` of the model, in the caller's memory.
    Input(usize),
}

/// Where a value is while a step runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which memory.
    pub space: Space,
    /// Its first number.
    pub start: usize,
    /// How many numbers.
    pub len: usize,
    /// Whether a cotangent is added to what is there (`true`) or written over it.
    pub add: bool,
}

impl Place {
    /// No value: a cotangent that is zero, or that nobody asks for.
    pub const NONE: Place = Place { space: Space::None, start: 0, len: 0, add: false };

    /// The whole of input `i`.
    pub const fn input(i: usize, len: usize) -> Place {
        Place { space: Space::Input(i), start: 0, len, add: false }
    }

    /// `len` numbers of the arena.
    pub const fn arena(start: usize, len: usize) -> Place {
        Place { space: Space::Arena, start, len, add: false }
    }

    /// `len` numbers of the weights.
    pub const fn weight(start: usize, len: usize) -> Place {
        Place { space: Space::Weights, start, len, add: false }
    }

    /// Whether there is a value.
    pub const fn is_some(&self) -> bool {
        !matches!(self.space, Space::None)
    }

    /// This place, or none where `condition` is false.
    pub const fn only(self, condition: bool) -> Place {
        if condition { self } else { Place::NONE }
    }

    /// This place, to be added to where `add`.
    pub const fn adding(self, add: bool) -> Place {
        Place { add, ..self }
    }

    /// The gradients of the weight at this place; none for another space.
    pub const fn gradient(self) -> Place {
        match self.space {
            Space::Weights => Place { space: Space::Gradients, add: true, ..self },
            _ => Place::NONE,
        }
    }

    const fn overlaps(&self, other: &Place) -> bool {
        let same = matches!(
            (self.space, other.space),
            (Space::Arena, Space::Arena) | (Space::Gradients, Space::Gradients)
        );
        same && self.len > 0
            && other.len > 0
            && self.start < other.start + other.len
            && other.start < self.start + self.len
    }
}

/// What a call gets from its caller: where its weights begin, where its memory begins, and the key of its random numbers.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// The offset of its weights in the flat buffer.
    pub weights: usize,
    /// Where the memory kept for the backward pass begins.
    pub saved: Extent,
    /// Where the memory of this call alone begins.
    pub scratch: Extent,
    /// The key of its random numbers: the same in every run with the same seed.
    pub key: u64,
}

impl Frame {
    /// The frame of a whole model whose memory begins at `scratch`.
    pub const fn root(scratch: Extent) -> Frame {
        Frame { weights: 0, saved: scratch, scratch, key: 0 }
    }

    /// The frame of a layer that infers one example: numbers that do not depend on the batch stand behind the others.
    #[inline(always)]
    pub const fn one<L: LayerAt>(base: Base) -> Frame {
        let scratch = Extent { each: base.scratch, once: base.scratch + L::INFER.each };
        Frame { weights: base.weights, saved: Extent::ZERO, scratch, key: base.key }
    }

    /// The frame of an op, which has no memory of its own.
    #[inline(always)]
    pub const fn bare(base: Base) -> Frame {
        let nothing = Extent::ZERO;
        Frame { weights: base.weights, saved: nothing, scratch: nothing, key: base.key }
    }

    /// The frame of a call in this one, forwards.
    #[cfg_attr(feature = "std", inline(never))]
    #[cfg_attr(not(feature = "std"), inline(always))]
    pub const fn nested<const TRAIN: bool>(self, call: &Slot) -> Frame {
        self.call(call, if TRAIN { call.at.train } else { call.at.infer })
    }

    /// The frame of a call in this one, backwards.
    #[cfg_attr(feature = "std", inline(never))]
    #[cfg_attr(not(feature = "std"), inline(always))]
    pub const fn nested_back(self, call: &Slot) -> Frame {
        self.call(call, call.at.back)
    }

    #[inline(always)]
    const fn call(self, call: &Slot, scratch: Extent) -> Frame {
        Frame {
            weights: self.weights + call.weights,
            saved: self.saved.and(call.at.saved),
            scratch: self.scratch.and(scratch),
            key: crate::random::mix(self.key, call.number),
        }
    }

    /// The frame of iteration `t` of loop number `site`, whose kept memory is `kept` each.
    #[inline(always)]
    pub const fn iteration(self, site: u64, t: usize, at: Extent, kept: Extent) -> Frame {
        Frame {
            saved: self.saved.and(at).and(kept.times(t)),
            key: crate::random::mix(crate::random::mix(self.key, site), t as u64),
            ..self
        }
    }
}

/// One step over a batch.
pub struct Run<'a, F> {
    arena: &'a mut [F],
    weights: &'a [F],
    gradients: &'a mut [F],
    inputs: &'a [&'a [F]],
    batch: usize,
    once: usize,
    first: usize,
}

impl<'a, F> Run<'a, F> {
    /// A step over `batch` examples in an arena that holds `extent`; `gradients` may be empty where none are asked for.
    ///
    /// The caller gives an arena of at least `extent.total(batch)` numbers; a place beyond its end is a bug that panics.
    #[inline(always)]
    pub fn new(
        arena: &'a mut [F],
        extent: Extent,
        batch: usize,
        weights: &'a [F],
        gradients: &'a mut [F],
        inputs: &'a [&'a [F]],
    ) -> Self {
        Run { arena, weights, gradients, inputs, batch, once: extent.each * batch, first: 0 }
    }

    /// The batch begins with example number `first` of its epoch: random numbers depend on the example, not on the batch.
    pub fn first_example(self, first: usize) -> Self {
        Run { first, ..self }
    }

    /// The number of examples.
    #[inline(always)]
    pub fn batch(&self) -> usize {
        self.batch
    }

    /// The number of the first example.
    #[inline(always)]
    pub fn first(&self) -> usize {
        self.first
    }

    /// The place in the arena of a value of this shape that begins at `at`.
    #[inline(always)]
    pub fn place(&self, value: &Inferred, at: Extent) -> Place {
        self.at(Extent::of(value), at)
    }

    #[inline(always)]
    pub(super) fn at(&self, size: Extent, at: Extent) -> Place {
        let (start, len) = if size.each > 0 {
            (at.each * self.batch, size.each * self.batch)
        } else {
            (self.once + at.once, size.once)
        };
        Place { space: Space::Arena, start, len, add: false }
    }

    /// The place of a weight that begins at `offset`.
    #[inline(always)]
    pub fn weight(&self, value: &Inferred, offset: usize) -> Place {
        Place { space: Space::Weights, start: offset, len: value.len(), add: false }
    }

    /// Where a weight of this place is while a step updates it: beside the gradients, of which it has none. Outside of training
    /// it is where it is.
    #[inline(always)]
    pub fn state(&self, weight: Place) -> Place {
        if self.gradients.is_empty() { weight } else { Place { space: Space::Gradients, ..weight } }
    }

    /// What the weight of this place is after the step; nothing where nobody asks for it.
    #[cfg_attr(feature = "std", inline(never))]
    #[cfg_attr(not(feature = "std"), inline(always))]
    pub fn update(&mut self, value: Place, weight: Place)
    where
        F: crate::float::Float,
    {
        let state = self.state(weight);
        self.copy(value, state.only(state != weight));
    }

    /// Lends the values at `reads`, and the values at `writes` to be changed.
    ///
    /// # Panics
    /// Where a written place overlaps another place of the same call, or a place is outside of its memory. Places come from
    /// a memory plan, so either is a bug in the plan. With constant places the checks cost nothing: they fold away. Without
    /// `std` nothing panics: then nothing is lent.
    #[inline(always)]
    pub fn views<const R: usize, const W: usize>(
        &mut self,
        reads: [Place; R],
        writes: [Place; W],
    ) -> ([&[F]; R], [&mut [F]; W]) {
        if !are_apart(&[&reads], &writes) {
            return ([const { &[] }; R], core::array::from_fn(|_| bug(OVERLAP)));
        }
        let memory = self.memory();
        // SAFETY: `self` stays borrowed by the returned references, and `are_apart` has passed for all of them.
        unsafe { (reads.map(|place| memory.read(place)), writes.map(|place| memory.write(place))) }
    }

    /// Lends what a backward pass reads (`x`, `y`, `dy`) and what it writes (`dx`).
    ///
    /// # Panics
    /// As [`views`](Self::views).
    #[inline(always)]
    #[allow(clippy::type_complexity)]
    pub fn backward_views<const I: usize, const O: usize>(
        &mut self,
        x: [Place; I],
        y: [Place; O],
        dy: [Place; O],
        dx: [Place; I],
    ) -> ([&[F]; I], [&[F]; O], [&[F]; O], [&mut [F]; I]) {
        if !are_apart(&[&x, &y, &dy], &dx) {
            return ([&[]; I], [&[]; O], [&[]; O], dx.map(|_| bug(OVERLAP)));
        }
        let memory = self.memory();
        // SAFETY: `self` stays borrowed by the returned references, and `are_apart` has passed for all of them.
        unsafe {
            (
                x.map(|place| memory.read(place)),
                y.map(|place| memory.read(place)),
                dy.map(|place| memory.read(place)),
                dx.map(|place| memory.write(place)),
            )
        }
    }

    #[inline(always)]
    fn memory(&mut self) -> Memory<'a, F> {
        Memory {
            arena: self.arena,
            weights: self.weights,
            gradients: self.gradients,
            inputs: self.inputs,
        }
    }

    /// Fills a place with zeros, unless it is to be added to.
    #[cfg_attr(feature = "std", inline(never))]
    #[cfg_attr(not(feature = "std"), inline(always))]
    pub fn clear(&mut self, place: Place)
    where
        F: crate::float::Float,
    {
        if place.is_some() && !place.add {
            let ([], [out]) = self.views([], [place]);
            out.fill(F::zero());
        }
    }

    /// Copies `from` to `to`, or adds it where `to` says so. A value without a batch axis is repeated for each example of one
    /// that has it; the other way round the examples are added up, which is the same backwards.
    #[cfg_attr(feature = "std", inline(never))]
    #[cfg_attr(not(feature = "std"), inline(always))]
    pub fn copy(&mut self, from: Place, to: Place)
    where
        F: crate::float::Float,
    {
        if !to.is_some() || (from.space, from.start, from.len) == (to.space, to.start, to.len) {
            return;
        }
        self.clear(to);
        if !from.is_some() {
            return;
        }
        let ([source], [target]) = self.views([from], [to]);
        let len = source.len().min(target.len()).max(1);
        for target in target.chunks_mut(len) {
            if source.len() > target.len() {
                source.chunks(len).for_each(|source| add(source, target));
            } else if to.add {
                add(source, target);
            } else {
                target.iter_mut().zip(source).for_each(|(t, s)| *t = *s);
            }
        }
    }

    /// The numbers at `place`; none where it is outside of its memory, which a plan makes impossible.
    #[inline(always)]
    pub fn numbers(&self, place: Place) -> &[F] {
        let memory: &[F] = match place.space {
            Space::None => return &[],
            Space::Arena => self.arena,
            Space::Weights => self.weights,
            Space::Gradients => self.gradients,
            Space::Input(i) => self.inputs.get(i).copied().unwrap_or_default(),
        };
        memory.get(place.start..place.start + place.len).unwrap_or_default()
    }

    /// The numbers at `place`, to be changed; none where it is not in the arena.
    #[inline(always)]
    pub fn numbers_mut(&mut self, place: Place) -> &mut [F] {
        match place.space {
            Space::Arena => {
                self.arena.get_mut(place.start..place.start + place.len).unwrap_or_default()
            }
            _ => &mut [],
        }
    }

    /// A tile of the value at `place`, found as `fetch` says.
    #[inline(always)]
    pub fn load<const B: usize, const Q: usize>(
        &self,
        place: Place,
        fetch: Fetch,
        at: At,
    ) -> Tile<F, B, Q>
    where
        F: crate::float::Float,
    {
        let numbers = match place.space {
            Space::Weights if !SMALL => fresh(self.numbers(place)),
            _ => self.numbers(place),
        };
        let mut tile = [[F::zero(); B]; Q];
        for (q, row) in tile.iter_mut().enumerate() {
            let rest =
                numbers.get(fetch.at(At { inner: at.inner + q, ..at })..).unwrap_or_default();
            *row = if fetch.column == 0 {
                [rest.first().copied().unwrap_or_default(); B]
            } else {
                first(rest)
            };
        }
        tile
    }

    /// Writes a tile to the value at `place`, as far as its rows go.
    #[inline(always)]
    pub fn save<const B: usize, const Q: usize>(
        &mut self,
        place: Place,
        grid: &Grid,
        at: At,
        tile: &Tile<F, B, Q>,
    ) where
        F: crate::float::Float,
    {
        let value = self.numbers_mut(place);
        for (q, row) in tile.iter().enumerate() {
            let start = grid.fetch().at(At { inner: at.inner + q, ..at });
            let whole = !cfg!(feature = "std") || at.column + B <= grid.columns;
            let to = value.get_mut(start..).unwrap_or_default();
            match to.first_chunk_mut() {
                Some(to) if whole => *to = *row,
                // Only on a host a tile is wider than the rest of its row.
                _ if cfg!(feature = "std") => {
                    let to = to.iter_mut().take(grid.columns - at.column);
                    to.zip(row).for_each(|(to, from)| *to = *from);
                }
                _ => {}
            }
        }
    }

    /// The values at `place`.
    #[inline(always)]
    pub fn get(&mut self, place: Place) -> &[F] {
        let ([values], []) = self.views([place], []);
        values
    }

    /// The values at `place`, to be changed.
    #[inline(always)]
    pub fn get_mut(&mut self, place: Place) -> &mut [F] {
        let ([], [values]) = self.views([], [place]);
        values
    }
}

/// The memories of a step as pointers, so that several parts of one can be lent at a time.
struct Memory<'a, F> {
    arena: *mut [F],
    weights: &'a [F],
    gradients: *mut [F],
    inputs: &'a [&'a [F]],
}

impl<F> Memory<'_, F> {
    /// The numbers at `place`.
    ///
    /// # Safety
    /// The [`Run`] this comes from is borrowed for `'r`, and no place written during `'r` overlaps this one.
    #[inline(always)]
    unsafe fn read<'r>(&self, place: Place) -> &'r [F]
    where
        F: 'r,
    {
        let range = place.start..place.start + place.len;
        let slice: *const [F] = match place.space {
            Space::None => return &[],
            Space::Weights => self.weights.get(range).unwrap_or_else(|| bug(OUTSIDE)),
            Space::Input(i) => {
                let input = self.inputs.get(i).and_then(|input| input.get(range));
                input.unwrap_or_else(|| bug(OUTSIDE))
            }
            Space::Arena => part(self.arena, range),
            Space::Gradients => part(self.gradients, range),
        };
        // SAFETY: the range is inside of memory that the run borrows (`part` checks it), and by the caller's promise only
        // shared references cover it.
        unsafe { &*slice }
    }

    /// The numbers at `place`, to be changed.
    ///
    /// # Safety
    /// The [`Run`] this comes from is borrowed for `'r`, and no other place lent during `'r` overlaps this one.
    #[inline(always)]
    unsafe fn write<'r>(&self, place: Place) -> &'r mut [F]
    where
        F: 'r,
    {
        let range = place.start..place.start + place.len;
        let slice = match place.space {
            Space::None => return &mut [],
            Space::Arena => part(self.arena, range),
            Space::Gradients => part(self.gradients, range),
            Space::Weights | Space::Input(_) => return bug("a step writes to weights or an input"),
        };
        // SAFETY: the range is inside of memory that the run borrows mutably (`part` checks it), and by the caller's promise
        // no other reference covers it.
        unsafe { &mut *slice }
    }
}

const OVERLAP: &str = "a result overlaps another result or an operand";
const OUTSIDE: &str = "a value outside of its memory";

/// A plan that is wrong, which const code has ruled out: a host says so. Without `std` there is nobody to say it to, and no
/// code to be spent on it: nothing is read or written.
#[inline(always)]
fn bug<T: Default>(message: &str) -> T {
    if cfg!(any(feature = "std", test)) {
        panic!("{message}");
    }
    T::default()
}

#[inline(always)]
fn are_apart(reads: &[&[Place]], writes: &[Place]) -> bool {
    for (i, write) in writes.iter().enumerate() {
        for other in writes.iter().take(i) {
            if write.overlaps(other) {
                return false;
            }
        }
        for read in reads.iter().copied().flatten() {
            if write.overlaps(read) {
                return false;
            }
        }
    }
    true
}

#[inline(always)]
fn add<F: crate::float::Float>(source: &[F], target: &mut [F]) {
    target.iter_mut().zip(source).for_each(|(t, s)| *t += *s);
}

/// The part `range` of the slice behind `slice`, without a reference to the rest.
#[inline(always)]
fn part<F>(slice: *mut [F], range: core::ops::Range<usize>) -> *mut [F] {
    if range.start > range.end || range.end > slice.len() {
        let nothing: &mut [F] = bug(OUTSIDE);
        return nothing;
    }
    let start = slice.cast::<F>().wrapping_add(range.start);
    core::ptr::slice_from_raw_parts_mut(start, range.end - range.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arena(start: usize, len: usize) -> Place {
        Place { space: Space::Arena, start, len, add: false }
    }

    #[test]
    fn views_lend_disjoint_parts() {
        let mut memory = [1.0f32, 2.0, 3.0, 4.0, 5.0, 6.0];
        let weights = [10.0, 20.0];
        let mut run = Run::new(&mut memory, Extent { each: 6, once: 0 }, 1, &weights, &mut [], &[]);
        let ([a, b, w], [y, z]) = run.views(
            [arena(0, 2), arena(1, 2), Place { space: Space::Weights, ..arena(1, 1) }],
            [arena(3, 2), arena(5, 1)],
        );
        y[0] = a[1] + b[1] + w[0];
        z[0] = 7.0;
        assert_eq!(memory, [1.0, 2.0, 3.0, 25.0, 5.0, 7.0]);
    }

    #[test]
    #[should_panic(expected = "a result overlaps")]
    fn an_overlap_is_refused() {
        let mut memory = [0.0f32; 4];
        let mut run = Run::new(&mut memory, Extent { each: 4, once: 0 }, 1, &[], &mut [], &[]);
        run.views([arena(0, 2)], [arena(1, 2)]);
    }

    #[test]
    #[should_panic(expected = "outside of its memory")]
    fn a_place_beyond_the_end_is_refused() {
        let mut memory = [0.0f32; 4];
        let mut run = Run::new(&mut memory, Extent { each: 4, once: 0 }, 1, &[], &mut [], &[]);
        run.views([arena(3, 2)], []);
    }
}
