//! Which values of a body are stored while it infers, and where: in const code, because rustc alone knows the sizes.
//!
//! A value is one of three: it *is* another one (a copy, a reshape), it is computed tile by tile for the only one who reads
//! it, or it is stored. What is stored shares memory with what died: number by number where a group allows it, and otherwise
//! where there is room.

mod live;
mod place;
mod share;
mod tiles;
mod weights;

use super::freeze::Pack;
use super::offer::Inference;
use super::tile::Grid;
use crate::memory::Size;
use crate::weights::WeightSpec;

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

/// A statement of a body.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// What it does.
    pub act: Act,
    /// The moment.
    pub time: usize,
    /// The loop that it is in, counted from 1; 0 in none.
    pub region: usize,
    /// Whether it is there at all: not in the arm of an `if` that is not taken.
    pub active: bool,
    /// The number of the call, if it is one.
    pub call: Option<usize>,
    /// What it reads.
    pub inputs: &'static [usize],
    /// What it gives.
    pub outputs: &'static [usize],
    /// What is offered.
    pub offer: Inference,
}

impl Step {
    /// A statement that stores what it computes.
    pub const fn new(
        time: usize,
        region: usize,
        inputs: &'static [usize],
        outputs: &'static [usize],
    ) -> Self {
        let (act, active, call) = (Act::Compute, true, None);
        Step { act, time, region, active, call, inputs, outputs, offer: Inference::OPAQUE }
    }

    /// Call number `call`.
    pub const fn call(self, call: usize) -> Self {
        Step { call: Some(call), ..self }
    }

    /// This is offered.
    pub const fn offers(self, offer: Inference) -> Self {
        Step { offer, ..self }
    }

    /// The part of a loop.
    pub const fn acts(self, act: Act) -> Self {
        Step { act, ..self }
    }

    /// There only where `condition`.
    pub const fn only(self, condition: bool) -> Self {
        Step { active: self.active && condition, ..self }
    }
}

/// A loop: its region, the one around, from when to when, and how often it runs.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// Its number, counted from 1.
    pub region: usize,
    /// That of the loop around; 0 if there is none.
    pub around: usize,
    /// The last moment.
    pub to: usize,
    /// The iterations.
    pub times: usize,
}

/// Where a value of a body is while it infers.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    /// In which memory.
    pub home: Home,
    /// From where on there; of a weight, as it is trained.
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
    pub monotone: bool,
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
pub struct Layout<const V: usize, const C: usize> {
    /// The values, by their numbers.
    pub spots: [Spot; V],
    /// The calls, by their numbers.
    pub slots: [usize; C],
    /// How many numbers the body stores, those of its calls included.
    pub total: usize,
    /// What it multiplies.
    pub macs: usize,
    /// The most stack that a step takes, beyond what every model takes.
    pub stack: usize,
    /// How the weights that it reads are stored in a frozen model, by the numbers of their values.
    pub packs: [Pack; V],
    /// How many numbers those are.
    pub frozen: usize,
    /// Which calls there are.
    pub called: [bool; C],
}

/// What is known of a body before its layout.
#[derive(Clone, Copy, Debug)]
pub struct Plot<'a, const V: usize, const C: usize> {
    /// What its values take.
    pub sizes: &'a [Size; V],
    /// Where they are by their nature.
    pub homes: &'a [Home; V],
    /// Its statements.
    pub steps: &'a [Step],
    /// Its loops.
    pub spans: &'a [Span],
    /// What each call stores: where its output is stored, and where it is tiled.
    pub scratch: &'a [[usize; 2]; C],
    /// The outputs.
    pub outputs: &'a [usize],
    /// The weights of the body itself.
    pub weights: &'static [WeightSpec],
}

/// Nobody: the reader of an output.
const OUTSIDE: usize = usize::MAX;
/// Nobody, or nothing.
const NONE: usize = usize::MAX - 1;
/// Behind all moments.
const END: usize = usize::MAX / 2;

/// A layout that is being made.
struct Work<'a, const V: usize, const C: usize> {
    plot: Plot<'a, V, C>,
    /// Whether the only output is given tile by tile.
    tiled_output: bool,
    /// The value that each one is, or shares its memory with; itself if none.
    parent: [usize; V],
    same: [bool; V],
    home: [Home; V],
    /// The step that computes each.
    maker: [usize; V],
    tiled: [bool; V],
    through: [Option<usize>; V],
    monotone: [bool; V],
    source: [Option<usize>; V],
    pairs: [bool; V],
    /// How often each is read, and of a weight, the value whose tiles read it.
    uses: [usize; V],
    tiles: [Grid; V],
    /// When it is made, and when it is read last: of all that share its memory.
    from: [usize; V],
    to: [usize; V],
    /// When the value itself, or what is the same, is read last, and how often then.
    read: [usize; V],
    reads: [usize; V],
    call_from: [usize; C],
    call_to: [usize; C],
}

/// The layout of a body; with `tiled_output`, of one whose only output is asked for tile by tile.
pub const fn layout<const V: usize, const C: usize>(
    plot: Plot<'_, V, C>,
    tiled_output: bool,
) -> Layout<V, C> {
    Work::done(plot, tiled_output).placed()
}

/// Where the memory ends that is taken while each call of a body runs, whose outputs are stored.
pub const fn tops<const V: usize, const C: usize>(plot: Plot<'_, V, C>) -> [usize; C] {
    Work::done(plot, false).tops()
}

impl<'a, const V: usize, const C: usize> Work<'a, V, C> {
    /// All but the places.
    const fn done(plot: Plot<'a, V, C>, tiled_output: bool) -> Self {
        let mut work = Work::new(plot, tiled_output);
        work.find_same();
        work.find_tiled();
        work.split();
        work.live();
        work.share();
        work
    }

    const fn new(plot: Plot<'a, V, C>, tiled_output: bool) -> Self {
        let (mut parent, mut home, mut i) = ([0; V], *plot.homes, 0);
        while i < V {
            parent[i] = i;
            if tiled_output && matches!(home[i], Home::Output(_)) {
                home[i] = Home::Own;
            }
            i += 1;
        }
        Work {
            plot,
            tiled_output,
            parent,
            same: [false; V],
            home,
            maker: [NONE; V],
            tiled: [false; V],
            through: [None; V],
            monotone: [true; V],
            source: [None; V],
            pairs: [false; V],
            uses: [0; V],
            tiles: [Grid::NONE; V],
            from: [END; V],
            to: [0; V],
            read: [0; V],
            reads: [0; V],
            call_from: [END; C],
            call_to: [0; C],
        }
    }

    const fn root(&self, mut value: usize) -> usize {
        while self.parent[value] != value {
            value = self.parent[value];
        }
        value
    }

    const fn grid(&self, value: usize) -> Grid {
        self.plot.sizes[value].grid
    }

    const fn is_own(&self, value: usize) -> bool {
        matches!(self.home[value], Home::Own)
    }

    /// Whether the value is stored where the body may write.
    const fn is_stored(&self, value: usize) -> bool {
        !self.tiled[value] && matches!(self.home[value], Home::Own | Home::Output(_))
    }
}

/// What a body offers to whoever calls it, by its two layouts; `inputs` and `outputs` are its values.
pub const fn offer<const V: usize, const C: usize>(
    stored: &Layout<V, C>,
    tiled: &Layout<V, C>,
    inputs: &[usize],
    outputs: &[usize],
) -> Inference {
    let plain = Inference { macs: stored.macs, stack: stored.stack, ..Inference::OPAQUE };
    let (mut offer, mut i) = (plain, 0);
    while i < inputs.len() {
        let (a, b) = (&stored.spots[inputs[i]], &tiled.spots[inputs[i]]);
        offer.takes |= ((a.tiled && b.tiled) as u32) << i;
        i += 1;
    }
    if outputs.len() != 1 {
        return offer;
    }
    let spot = &tiled.spots[outputs[0]];
    if let (true, Home::Input(input)) = (spot.is_same, spot.home) {
        // Nothing is computed, whatever stands in the body.
        return Inference { same: Some(input), ..plain };
    }
    offer.gives = spot.tiled;
    if spot.tiled {
        (offer.monotone, offer.pairs) = (spot.monotone, spot.pairs);
        if let Some(input) = spot.source {
            offer.through = Some(input);
            // A maximum over windows is not of one place.
            let pointwise = tiled.spots[inputs[input]].grid.is(&spot.grid);
            offer.pointwise = (pointwise as u32) << input;
            offer.in_place = offer.pointwise;
        }
    }
    offer
}
