//! What is found out about the values of a body before any is placed: the same whoever asks for its output, and all that
//! other bodies need to know as long as nothing is stored.

use super::{Act, Home, NONE, OUTSIDE, Plot, Step};
use crate::infer::freeze::Pack;
use crate::infer::offer::Inference;
use crate::infer::tile::Grid;

/// What is found out about a value.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// The value that it is; itself if none.
    pub parent: usize,
    /// Whether it is another one.
    pub same: bool,
    /// Where it is by its nature, and that of those that are the same.
    pub home: Home,
    /// The step that computes it.
    pub maker: usize,
    /// Whether it is computed a tile at a time, and not stored; of an input, whether it may be given so; of the only output, if
    /// it is asked for so.
    pub tiled: bool,
    /// Whether an output is what reads it.
    pub is_output: bool,
    /// Of a tiled group: which of its operands gives it its raw tiles.
    pub through: Option<usize>,
    /// Whether finishing a raw tile never falls, as far as this body goes.
    pub monotone: bool,
    /// The input of the body whose raw tiles are those of this value.
    pub source: Option<usize>,
    /// Whether two positions side by side cost less than twice one.
    pub pairs: bool,
    /// Of a weight, the value whose tiles read it.
    pub tiles: Grid,
    /// How often it is read; by which step, as which input and as which value the last time.
    pub(super) uses: usize,
    pub(super) user: usize,
    pub(super) input: usize,
    pub(super) seen_as: usize,
}

impl Found {
    /// Nothing yet.
    const NOTHING: Found = Found {
        parent: 0,
        same: false,
        home: Home::Own,
        maker: NONE,
        tiled: false,
        is_output: false,
        through: None,
        monotone: true,
        source: None,
        pairs: false,
        tiles: Grid::NONE,
        uses: 0,
        user: NONE,
        input: 0,
        seen_as: NONE,
    };
}

/// What steps add up to.
#[derive(Clone, Copy, Debug)]
pub struct Sums {
    /// Whether a value or a call takes memory of the body.
    pub stores: bool,
    /// What the body multiplies.
    pub macs: usize,
    /// The most stack that a step takes, beyond what every model takes.
    pub stack: usize,
    /// How many numbers a frozen model stores of the weights of the body itself.
    pub frozen: usize,
}

/// A body before its values are placed.
#[derive(Clone, Copy, Debug)]
pub struct Draft<const V: usize, const C: usize> {
    /// The values, by their numbers.
    pub found: [Found; V],
    /// How the weights that it reads are stored in a frozen model, by the numbers of their values.
    pub packs: [Pack; V],
    /// Which calls there are.
    pub called: [bool; C],
    /// What steps add up to.
    pub sums: Sums,
}

/// A draft that is being made.
pub(super) struct Drafting<'a> {
    pub(super) plot: Plot<'a>,
    pub(super) values: &'a mut [Found],
    pub(super) sums: Sums,
}

/// What is found out about a body.
pub const fn draft<const V: usize, const C: usize>(plot: Plot<'_>) -> Draft<V, C> {
    let (mut found, mut packs, mut called) = ([Found::NOTHING; V], [Pack::NONE; V], [false; C]);
    let sums = Sums { stores: false, macs: 0, stack: 0, frozen: 0 };
    let mut draft = Drafting { plot, values: &mut found, sums };
    draft.begin();
    draft.read_steps();
    draft.find_tiled();
    draft.split(&mut called);
    draft.find_packs(&mut packs);
    let sums = draft.sums;
    Draft { found, packs, called, sums }
}

impl Drafting<'_> {
    const fn begin(&mut self) {
        let mut i = 0;
        while i < self.values.len() {
            self.values[i].parent = i;
            self.values[i].home = self.plot.homes[i];
            i += 1;
        }
    }

    // Values that are others, and who reads the rest.

    const fn read_steps(&mut self) {
        let (steps, mut s) = (self.plot.steps, 0);
        while s < steps.len() {
            if steps[s].active {
                self.read_step(&steps[s], s);
            }
            s += 1;
        }
        let (outputs, mut o) = (self.plot.outputs, 0);
        while o < outputs.len() {
            self.note_use(outputs[o], OUTSIDE, 0);
            o += 1;
        }
    }

    const fn read_step(&mut self, step: &Step, s: usize) {
        let (mut i, mut o) = (0, 0);
        while o < step.outputs.len() && !matches!(step.act, Act::Leave) {
            self.values[step.outputs[o]].maker = s;
            o += 1;
        }
        if let Some(i) = step.offer.same
            && self.unite(step.outputs[0], step.inputs[i])
        {
            return;
        }
        while i < step.inputs.len() {
            self.note_use(step.inputs[i], s, i);
            i += 1;
        }
    }

    /// `value` is `of`, unless both are outputs: then one is a copy.
    const fn unite(&mut self, value: usize, of: usize) -> bool {
        let (root, home) = (self.values[of].parent, self.values[value].home);
        if matches!(home, Home::Output(_)) {
            match self.values[root].home {
                Home::Own => self.values[root].home = home,
                Home::Output(_) => return false,
                Home::Input(_) | Home::Weight(_) => {}
            }
        }
        self.values[value].parent = root;
        self.values[value].same = true;
        true
    }

    const fn note_use(&mut self, value: usize, user: usize, input: usize) {
        let root = self.values[value].parent;
        let found = &mut self.values[root];
        found.uses += 1;
        (found.user, found.input, found.seen_as) = (user, input, value);
    }
}

/// What a body offers to whoever calls it; `inputs` and `outputs` are its values.
pub const fn offer<const V: usize, const C: usize>(
    plot: &Plot<'_>,
    draft: &Draft<V, C>,
    inputs: &[usize],
    outputs: &[usize],
) -> Inference {
    let Sums { macs, stack, .. } = draft.sums;
    let plain = Inference { macs, stack, ..Inference::OPAQUE };
    let (mut offer, mut i) = (plain, 0);
    while i < inputs.len() {
        offer.takes |= (draft.found[inputs[i]].tiled as u32) << i;
        i += 1;
    }
    if outputs.len() != 1 {
        return offer;
    }
    let output = draft.found[outputs[0]].parent;
    let found = &draft.found[output];
    if let Home::Input(input) = found.home {
        // Nothing is computed, whatever stands in the body.
        return Inference { same: Some(input), ..plain };
    }
    offer.gives = found.tiled;
    if found.tiled {
        (offer.monotone, offer.pairs) = (found.monotone, found.pairs);
        if let Some(input) = found.source {
            offer.through = Some(input);
            // A maximum over windows is not of one place.
            let pointwise = plot.sizes[inputs[input]].grid.is(&plot.sizes[outputs[0]].grid);
            offer.pointwise = (pointwise as u32) << input;
            offer.in_place = offer.pointwise;
        }
    }
    offer
}
