//! What is found out about the values of a body before any is placed: the same whoever asks for its output, and all that
//! other bodies need to know as long as nothing is stored.

use super::{Act, Home, Moment, Monotone, NONE, OUTSIDE, Plot, Script, Step};
use crate::infer::freeze::Pack;
use crate::infer::offer::Inference;
use crate::infer::tile::Grid;
use crate::memory::Size;
use crate::weights::WeightSpec;

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
    pub monotone: Monotone,
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
        monotone: Monotone::Yes,
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
pub struct Draft<const V: usize, const C: usize, const S: usize> {
    /// What is written.
    pub script: &'static Script,
    /// How the weights that it reads are stored in a frozen model, by the numbers of their values.
    pub packs: [Pack; V],
    /// Which calls there are.
    pub called: [bool; C],
    /// What steps add up to.
    pub sums: Sums,
    pub(super) found: [Found; V],
    pub(super) sizes: &'static [Size; V],
    pub(super) moments: [Moment; S],
    scratch: [[usize; 2]; C],
    pub(super) weights: &'static [WeightSpec],
}

/// A draft that is being made.
pub(super) struct Drafting<'a> {
    pub(super) steps: &'static [Step],
    pub(super) moments: &'a [Moment],
    pub(super) plot: Plot<'a>,
    pub(super) values: &'a mut [Found],
    pub(super) sums: Sums,
}

/// What is found out about a body: of its script, what its values take, where they are by their nature, its statements, how
/// often each loop runs, what its calls store, and its own weights.
pub const fn draft<const V: usize, const C: usize, const S: usize, const L: usize>(
    script: &'static Script,
    (sizes, homes): (&'static [Size; V], [Home; V]),
    moments: [Moment; S],
    times: [usize; L],
    scratch: [[usize; 2]; C],
    weights: &'static [WeightSpec],
) -> Draft<V, C, S> {
    let sums = Sums { stores: false, macs: 0, stack: 0, frozen: 0 };
    let (packs, called, found) = ([Pack::NONE; V], [false; C], [Found::NOTHING; V]);
    let mut draft = Draft { script, packs, called, sums, found, sizes, moments, scratch, weights };
    let plot = Plot { script, sizes, moments: &moments, scratch: &scratch, weights };
    let values = &mut draft.found;
    let mut work = Drafting { steps: script.steps, moments: &moments, plot, values, sums };
    work.begin(&homes);
    work.read_steps();
    work.find_tiled(&mut draft.packs);
    work.split(&mut draft.called, &times);
    draft.sums = work.sums;
    draft
}

impl Drafting<'_> {
    const fn begin(&mut self, homes: &[Home]) {
        let mut i = 0;
        while i < homes.len() {
            let found = &mut self.values[i];
            found.parent = i;
            found.home = homes[i];
            i += 1;
        }
    }

    // Values that are others, and who reads the rest.

    const fn read_steps(&mut self) {
        let mut s = 0;
        while s < self.steps.len() {
            if self.moments[s].active {
                self.read_step(s);
            }
            s += 1;
        }
        let (outputs, mut o) = (self.plot.script.outputs, 0);
        while o < outputs.len() {
            self.note_use(outputs[o], OUTSIDE, 0);
            o += 1;
        }
    }

    const fn read_step(&mut self, s: usize) {
        let step = &self.steps[s];
        let (inputs, outputs, mut i) = (step.inputs, step.outputs, 0);
        if !matches!(step.act, Act::Leave) {
            let mut o = 0;
            while o < outputs.len() {
                self.values[outputs[o]].maker = s;
                o += 1;
            }
        }
        if let Some(same) = self.moments[s].offer.same
            && self.unite(outputs[0], inputs[same])
        {
            return;
        }
        while i < inputs.len() {
            self.note_use(inputs[i], s, i);
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
        found.user = user;
        found.input = input;
        found.seen_as = value;
    }
}

impl<const V: usize, const C: usize, const S: usize> Draft<V, C, S> {
    pub(super) const fn plot(&self) -> Plot<'_> {
        let Draft { script, sizes, weights, .. } = *self;
        Plot { script, sizes, moments: &self.moments, scratch: &self.scratch, weights }
    }

    /// What the body offers to whoever calls it.
    pub const fn offer(&self) -> Inference {
        let Script { inputs, outputs, .. } = *self.script;
        let Sums { macs, stack, .. } = self.sums;
        let plain = Inference { macs, stack, ..Inference::OPAQUE };
        let (mut offer, mut i) = (plain, 0);
        while i < inputs.len() {
            offer.takes |= (self.found[inputs[i]].tiled as u32) << i;
            i += 1;
        }
        if outputs.len() != 1 {
            return offer;
        }
        let found = &self.found[self.found[outputs[0]].parent];
        if let Home::Input(input) = found.home {
            // Nothing is computed, whatever stands in the body.
            return Inference { same: Some(input), ..plain };
        }
        offer.gives = found.tiled;
        if found.tiled {
            offer.monotone = matches!(found.monotone, Monotone::Yes);
            (offer.is_affine, offer.pairs) = (self.script.is_affine, found.pairs);
            if let Some(input) = found.source {
                offer.through = Some(input);
                // A maximum over windows is not of one place.
                let pointwise = self.sizes[inputs[input]].grid.is(&self.sizes[outputs[0]].grid);
                offer.pointwise = (pointwise as u32) << input;
                offer.in_place = offer.pointwise;
            }
        }
        offer
    }
}
