//! Which values of a body are stored while it infers, and where: in const code, because rustc alone knows the sizes.
//!
//! A value is one of three: it *is* another one (a copy, a reshape), it is computed tile by tile for the only one who reads
//! it, or it is stored. What is stored shares memory with what died: number by number where a group allows it, and otherwise
//! where there is room.

mod draft;
mod live;
mod memory;
mod place;
mod scale;
mod share;
mod tiles;

use super::offer::Inference;
use super::tile::Grid;
use crate::memory::Size;
use crate::shape::Inferred;
use crate::weights::WeightSpec;

use draft::Found;
pub use draft::{Draft, Sums, draft};
use memory::Memory;
pub use memory::{Block, Owner};
pub use scale::Scaled;

/// Where a value is by its nature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// In the memory of the body, if it is stored.
    Own,
    /// Given to the body.
    Input(usize),
    /// Where the caller wants it.
    Output(usize),
    /// A weight of the body, by its number among them.
    Weight(usize),
}

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Computes its outputs.
    Compute,
    /// Begins a loop: the output is the variable that it carries, and the input what that begins with.
    Enter,
    /// Ends an iteration: output 0 takes the value of the input; output 1 is what it was in this iteration.
    Leave,
}

/// A statement of a body, as far as it is the same at every call.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// What it does.
    pub act: Act,
    /// The moment.
    pub time: usize,
    /// The loop that it is in, counted from 1; 0 in none.
    pub region: usize,
    /// The number of the call, if it is one.
    pub call: Option<usize>,
    /// What it reads.
    pub inputs: &'static [usize],
    /// What it gives.
    pub outputs: &'static [usize],
}

/// What a statement of a body is at one call.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// Whether it is there at all: not in the arm of an `if` that is not taken.
    pub active: bool,
    /// What it offers.
    pub offer: Inference,
}

/// A loop: its region, the one around, and until when it runs.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// Its number, counted from 1.
    pub region: usize,
    /// That of the loop around; 0 if there is none.
    pub around: usize,
    /// The last moment.
    pub to: usize,
}

/// What is written in a body: values, calls and statements by their numbers. The same at every call, and so no constant of one.
#[derive(Clone, Copy, Debug)]
pub struct Script {
    /// The statements.
    pub steps: &'static [Step],
    /// The loops.
    pub spans: &'static [Span],
    /// The values that the body is given.
    pub inputs: &'static [usize],
    /// The values that it gives.
    pub outputs: &'static [usize],
    /// The values that each call is given.
    pub given: &'static [&'static [usize]],
    /// The values that each call gives.
    pub gives: &'static [&'static [usize]],
    /// The calls that own weights, each with the number of its layer among those that do, in the order of these.
    pub layers: &'static [(usize, usize)],
    /// Whether the body is affine in its only input, as far as can be seen without a number.
    pub is_affine: bool,
}

/// Whether a function never falls.
#[derive(Clone, Copy, Debug)]
pub enum Monotone {
    /// It does not.
    Yes,
    /// It may fall.
    No,
    /// It does not where this call of the body is folded into what stands before it.
    Folded(usize),
}

impl Monotone {
    /// That of one function after another.
    const fn and(self, other: Monotone) -> Monotone {
        match (self, other) {
            (Monotone::Yes, both) | (both, Monotone::Yes) => both,
            _ => Monotone::No,
        }
    }
}

/// Where a value of a body is while it infers.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    /// In which memory.
    pub home: Home,
    /// From where on there; of a weight, as it is trained; of an input, where it is if it lies in the memory of the body.
    pub at: usize,
    /// Of a weight: from where on in a frozen model.
    pub frozen: usize,
    /// Its numbers.
    pub grid: Grid,
    /// How many.
    pub len: usize,
    /// Whether it is computed a tile at a time, and not stored; of an input, whether it may be given so.
    pub tiled: bool,
    /// Of a tiled group: which of its operands gives it its raw tiles.
    pub through: Option<usize>,
    /// Whether finishing a raw tile never falls, as far as this body goes.
    pub monotone: Monotone,
    /// The input of the body whose raw tiles are those of this value.
    pub source: Option<usize>,
    /// Of a weight: whether a frozen model stores it as tiles read it.
    pub packed: bool,
    /// Whether two positions side by side cost less than twice one.
    pub pairs: bool,
    /// Whether the value is another one: nothing is to be done for it.
    pub is_same: bool,
}

impl Spot {
    /// Nowhere.
    const NONE: Spot = Spot {
        home: Home::Own,
        at: 0,
        frozen: 0,
        grid: Grid::NONE,
        len: 0,
        tiled: false,
        through: None,
        monotone: Monotone::Yes,
        source: None,
        packed: false,
        pairs: false,
        is_same: false,
    };

    /// Which input of the body it is, if it is one.
    pub const fn input(&self) -> usize {
        match self.home {
            Home::Input(i) => i,
            _ => 0,
        }
    }
}

/// Where the values of a body are, and where the memory of its calls begins.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// The values, by their numbers.
    pub spots: &'static [Spot],
    /// The calls, by their numbers.
    pub slots: &'static [usize],
    /// How many numbers the body stores, those of its calls included.
    pub total: usize,
}

/// A [`Layout`] by its numbers.
#[derive(Clone, Copy, Debug)]
pub struct Laid<const V: usize, const C: usize> {
    spots: [Spot; V],
    slots: [usize; C],
    total: usize,
}

impl<const V: usize, const C: usize> Laid<V, C> {
    /// The layout.
    pub const fn layout(&'static self) -> Layout {
        Layout { spots: &self.spots, slots: &self.slots, total: self.total }
    }
}

/// What is known of a body before its layout.
#[derive(Clone, Copy, Debug)]
pub struct Plot<'a> {
    /// What is written.
    pub script: &'static Script,
    /// What its values take.
    pub sizes: &'static [Size],
    /// Its statements at this call.
    pub moments: &'a [Moment],
    /// What each call stores: where its output is stored, and where it is tiled.
    pub scratch: &'a [[usize; 2]],
    /// The weights of the body itself.
    pub weights: &'static [WeightSpec],
}

impl Plot<'_> {
    const fn span(&self, region: usize) -> &'static Span {
        let (spans, mut i) = (self.script.spans, 0);
        while spans[i].region != region {
            i += 1;
        }
        &spans[i]
    }
}

/// Nobody: the reader of an output.
const OUTSIDE: usize = usize::MAX;
/// Nobody, or nothing.
const NONE: usize = usize::MAX - 1;
/// Behind all moments.
const END: usize = usize::MAX / 2;

/// A layout that is being made. It has slices, not arrays: what does not depend on a constant rustc interprets faster.
struct Work<'a> {
    plot: Plot<'a>,
    steps: &'static [Step],
    moments: &'a [Moment],
    found: &'a [Found],
    lives: &'a mut [Life],
    /// From when to when each call takes memory.
    calls: &'a mut [(usize, usize)],
}

/// What is found out about a value while it is placed.
#[derive(Clone, Copy)]
struct Life {
    /// The value that it is, or shares its memory with; itself if none.
    parent: usize,
    home: Home,
    /// Whether it is another one.
    same: bool,
    tiled: bool,
    /// When it is made, and when it is read last: of all that share its memory.
    from: usize,
    to: usize,
    /// When the value itself, or what is the same, is read last, and how often then.
    read: usize,
    reads: usize,
    /// Where it is placed.
    at: usize,
}

impl Life {
    /// Nothing yet.
    const NOTHING: Life = Life {
        parent: 0,
        home: Home::Own,
        same: false,
        tiled: false,
        from: END,
        to: 0,
        read: 0,
        reads: 0,
        at: 0,
    };
}

/// What is different where a body is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Its outputs are stored where the caller wants them.
    Whole,
    /// Its only output is asked for tile by tile.
    ByTiles,
    /// Its outputs are stored, and its inputs lie in its own memory, where others follow them.
    InPlace,
}

/// The layout of a body of `N` values and calls.
pub const fn lay<const V: usize, const C: usize, const S: usize, const N: usize>(
    draft: &Draft<V, C, S>,
    way: Way,
) -> Laid<V, C> {
    let (mut lives, mut calls) = ([Life::NOTHING; V], [(END, 0); C]);
    let mut laid = Laid { spots: [Spot::NONE; V], slots: [0; C], total: 0 };
    let mut work = Work::new(draft, matches!(way, Way::ByTiles), &mut lives, &mut calls);
    let in_place = matches!(way, Way::InPlace);
    if draft.sums.stores || in_place {
        let mut blocks = [Block::NONE; N];
        let mut memory = Memory::new(&mut blocks);
        laid.total = work.place(&mut memory, in_place);
        work.find_places(&memory, &mut laid.slots);
    }
    work.find_spots(&draft.packs, &mut laid.spots);
    laid
}

/// Where the memory ends that is taken while each call of a body runs, whose outputs are stored.
pub const fn tops<const V: usize, const C: usize, const S: usize, const N: usize>(
    draft: &Draft<V, C, S>,
) -> [usize; C] {
    let (mut lives, mut calls) = ([Life::NOTHING; V], [(END, 0); C]);
    let mut blocks = [Block::NONE; N];
    let mut work = Work::new(draft, false, &mut lives, &mut calls);
    let mut memory = Memory::new(&mut blocks);
    work.place(&mut memory, false);
    let mut tops = [0; C];
    work.find_tops(&memory, &mut tops);
    tops
}

/// Who has which part of the arena of a whole model, whose `outputs` are at its front: as many blocks as are returned beside them.
pub const fn blocks<const V: usize, const C: usize, const S: usize, const N: usize>(
    draft: &Draft<V, C, S>,
    outputs: &[Inferred],
) -> ([Block; N], usize) {
    let (mut lives, mut calls) = ([Life::NOTHING; V], [(END, 0); C]);
    let mut blocks = [Block::NONE; N];
    let mut work = Work::new(draft, false, &mut lives, &mut calls);
    let mut memory = Memory::new(&mut blocks);
    work.place(&mut memory, false);
    let count = work.with_outputs(&mut blocks, outputs);
    (blocks, count)
}

impl<'a> Work<'a> {
    const fn new<const V: usize, const C: usize, const S: usize>(
        draft: &'a Draft<V, C, S>,
        tiled_output: bool,
        lives: &'a mut [Life],
        calls: &'a mut [(usize, usize)],
    ) -> Self {
        let (plot, found) = (draft.plot(), &draft.found);
        let (steps, moments) = (plot.script.steps, plot.moments);
        let mut work = Work { plot, steps, moments, found, lives, calls };
        work.begin(tiled_output);
        work
    }

    const fn begin(&mut self, tiled_output: bool) {
        let mut value = 0;
        while value < self.lives.len() {
            let found = &self.found[value];
            let is_copied = !tiled_output && self.is_copied_output(value);
            let life = &mut self.lives[value];
            life.home = found.home;
            life.parent = if is_copied { value } else { found.parent };
            life.same = found.same && !is_copied;
            life.tiled = found.tiled && (tiled_output || !found.is_output);
            value += 1;
        }
    }

    /// Whether a value is an output that is an input or a weight: whoever wants it stored gets a copy.
    const fn is_copied_output(&self, value: usize) -> bool {
        let found = &self.found[value];
        found.same
            && matches!(found.home, Home::Output(_))
            && matches!(self.found[found.parent].home, Home::Input(_) | Home::Weight(_))
    }

    const fn root(&self, mut value: usize) -> usize {
        while self.lives[value].parent != value {
            value = self.lives[value].parent;
        }
        value
    }

    /// Whether there is something to do in step `s`: not if its output is its input.
    const fn is_done(&self, s: usize) -> bool {
        let Moment { active, offer } = &self.moments[s];
        *active && !(offer.same.is_some() && self.found[self.steps[s].outputs[0]].same)
    }

    const fn grid(&self, value: usize) -> Grid {
        self.plot.sizes[value].grid
    }

    const fn is_own(&self, value: usize) -> bool {
        matches!(self.lives[value].home, Home::Own)
    }

    /// Whether the value is stored where the body may write.
    const fn is_stored(&self, value: usize) -> bool {
        !self.lives[value].tiled && matches!(self.lives[value].home, Home::Own | Home::Output(_))
    }
}
