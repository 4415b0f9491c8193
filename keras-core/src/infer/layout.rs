//! Which values of a body are stored while it infers, and where: in const code, because rustc alone knows the sizes.
//!
//! A value is one of three: it *is* another one (a copy, a reshape), it is computed tile by tile for the only one who reads
//! it, or it is stored. What is stored shares memory with what died: number by number where a group allows it, and otherwise
//! where there is room.

use super::offer::{Inference, has};
use super::tile::Grid;
use crate::memory::Size;

/// Where a value is by its nature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// In the memory of the body, if it is stored.
    Own,
    /// Given to the body.
    Input(usize),
    /// Where the caller wants it.
    Output(usize),
    /// A weight of the body, which begins there.
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
    /// From where on there.
    pub at: usize,
    /// Its numbers.
    pub grid: Grid,
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
    packed: [bool; V],
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
    let mut work = Work::new(plot, tiled_output);
    work.find_same();
    work.find_tiled();
    work.split();
    work.live();
    work.share();
    work.placed()
}

impl<'a, const V: usize, const C: usize> Work<'a, V, C> {
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
            packed: [false; V],
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

    // Values that are others.

    const fn find_same(&mut self) {
        let steps = self.plot.steps;
        let mut s = 0;
        while s < steps.len() {
            let step = &steps[s];
            if step.active {
                let mut o = 0;
                while o < step.outputs.len() && !matches!(step.act, Act::Leave) {
                    self.maker[step.outputs[o]] = s;
                    o += 1;
                }
                if let (Act::Compute, Some(i)) = (step.act, step.offer.same) {
                    self.unite_same(step.outputs[0], step.inputs[i]);
                }
            }
            s += 1;
        }
    }

    /// `value` is `of`, unless it must be somewhere else: an output that is an input is a copy.
    const fn unite_same(&mut self, value: usize, of: usize) {
        let root = self.root(of);
        if matches!(self.home[value], Home::Output(_)) {
            if !self.is_own(root) {
                return;
            }
            self.home[root] = self.home[value];
        }
        self.parent[value] = root;
        self.same[value] = true;
    }

    // Values that are computed tile by tile.

    const fn find_tiled(&mut self) {
        let (uses, users, seen_as) = self.uses();
        let mut value = 0;
        while value < V {
            let (user, maker) = (users[value], self.maker[value]);
            let is_once = self.parent[value] == value && uses[value] == 1;
            let is_given = matches!(self.home[value], Home::Input(_));
            let gives = maker != NONE && self.is_own(value) && {
                let step = &self.plot.steps[maker];
                matches!(step.act, Act::Compute) && step.offer.gives && step.outputs.len() == 1
            };
            if is_once && (gives || is_given) {
                let region = if is_given { 0 } else { self.plot.steps[maker].region };
                self.tiled[value] = if user == OUTSIDE {
                    self.tiled_output && gives
                } else {
                    let step = &self.plot.steps[user];
                    step.region == region
                        && self.takes(step, value)
                        && self.grid(seen_as[value]).is(&self.grid(value))
                };
            }
            if is_once && user < self.plot.steps.len() {
                self.packed[value] = self.packs(&self.plot.steps[user], value);
            }
            value += 1;
        }
    }

    /// How often each value is read, by which step (the last), and as which other value it is read.
    const fn uses(&self) -> ([usize; V], [usize; V], [usize; V]) {
        let (mut uses, mut users, mut seen_as) = ([0; V], [NONE; V], [NONE; V]);
        let steps = self.plot.steps;
        let mut s = 0;
        while s < steps.len() {
            let step = &steps[s];
            let mut i = 0;
            while step.active && i < step.inputs.len() && !self.is_nothing(step) {
                let value = self.root(step.inputs[i]);
                uses[value] += 1;
                users[value] = s;
                seen_as[value] = step.inputs[i];
                i += 1;
            }
            s += 1;
        }
        let mut o = 0;
        while o < self.plot.outputs.len() {
            let value = self.root(self.plot.outputs[o]);
            uses[value] += 1;
            users[value] = OUTSIDE;
            o += 1;
        }
        (uses, users, seen_as)
    }

    /// Whether the step has nothing to do, because its output is its input.
    const fn is_nothing(&self, step: &Step) -> bool {
        matches!(step.act, Act::Compute) && step.outputs.len() == 1 && self.same[step.outputs[0]]
    }

    const fn takes(&self, step: &Step, value: usize) -> bool {
        let mut i = 0;
        while i < step.inputs.len() {
            if self.root(step.inputs[i]) == value {
                return matches!(step.act, Act::Compute) && has(step.offer.takes, i);
            }
            i += 1;
        }
        false
    }

    /// Whether a weight is stored as this step reads it.
    const fn packs(&self, step: &Step, value: usize) -> bool {
        step.offer.packs > 0
            && matches!(self.home[value], Home::Weight(_))
            && step.inputs.len() > 1
            && self.root(step.inputs[1]) == value
    }

    /// What part of a tiled value is raw, and what finishes it.
    const fn split(&mut self) {
        let steps = self.plot.steps;
        let mut value = 0;
        while value < V {
            if let (true, Home::Input(i)) = (self.tiled[value], self.home[value]) {
                self.source[value] = Some(i);
            }
            value += 1;
        }
        let mut s = 0;
        while s < steps.len() {
            let step = &steps[s];
            if step.active && step.outputs.len() == 1 && self.tiled[step.outputs[0]] {
                self.split_one(step, step.outputs[0]);
            }
            s += 1;
        }
    }

    const fn split_one(&mut self, step: &Step, value: usize) {
        let (mut tiled, mut which, mut others, mut i) = (0, 0, true, 0);
        while i < step.inputs.len() {
            let input = self.root(step.inputs[i]);
            self.pairs[value] |= self.tiled[input] && self.pairs[input];
            if self.tiled[input] {
                (tiled, which) = (tiled + 1, i);
            } else {
                others &= has(step.offer.columns, i);
            }
            i += 1;
        }
        self.pairs[value] |= step.offer.pairs;
        let group = if step.call.is_none() && tiled == 1 && others { Some(which) } else { None };
        self.through[value] = group;
        self.monotone[value] = if group.is_some() {
            has(step.offer.rising, which)
        } else {
            step.call.is_none() || step.offer.monotone
        };
        let through = if step.call.is_some() { step.offer.through } else { group };
        if let Some(i) = through {
            let input = self.root(step.inputs[i]);
            if self.tiled[input] {
                self.monotone[value] &= self.monotone[input];
                self.source[value] = self.source[input];
            }
        }
    }

    // When values are alive.

    const fn live(&mut self) {
        let steps = self.plot.steps;
        // Backwards: what a tiled value reads is read when the value is.
        let mut s = steps.len();
        while s > 0 {
            s -= 1;
            if steps[s].active && !self.is_nothing(&steps[s]) {
                self.live_in(&steps[s]);
            }
        }
        let mut o = 0;
        while o < self.plot.outputs.len() {
            self.extend(self.plot.outputs[o], END, 0, true);
            o += 1;
        }
    }

    const fn live_in(&mut self, step: &Step) {
        let time = self.effective(step);
        let mut i = 0;
        while i < step.inputs.len() {
            self.extend(step.inputs[i], time, step.region, true);
            i += 1;
        }
        if let Some(call) = step.call {
            (self.call_from[call], self.call_to[call]) = (step.time, time);
        }
        if matches!(step.act, Act::Leave) {
            return self.extend(step.outputs[0], step.time, 0, false);
        }
        let mut o = 0;
        while o < step.outputs.len() {
            self.from[step.outputs[o]] = step.time;
            self.extend(step.outputs[o], step.time, step.region, false);
            o += 1;
        }
    }

    /// When a step reads: if its output is tiled, when that is read.
    const fn effective(&self, step: &Step) -> usize {
        if step.outputs.len() == 1 && self.tiled[step.outputs[0]] {
            let value = step.outputs[0];
            return if self.read[value] == 0 { END } else { self.read[value] };
        }
        step.time
    }

    /// Notes that a value, and all that it is, is alive until `to`, and perhaps read then, in a region.
    const fn extend(&mut self, mut value: usize, to: usize, region: usize, is_read: bool) {
        loop {
            let to = self.beyond(value, to, region);
            if is_read && to >= self.read[value] {
                let as_before = to == self.read[value];
                self.reads[value] = 1 + if as_before { self.reads[value] } else { 0 };
                self.read[value] = to;
            }
            if to > self.to[value] {
                self.to[value] = to;
            }
            if self.parent[value] == value {
                return;
            }
            value = self.parent[value];
        }
    }

    /// What a loop reads of its surroundings is alive through all of its iterations.
    const fn beyond(&self, value: usize, to: usize, mut region: usize) -> usize {
        let own =
            if self.maker[value] == NONE { 0 } else { self.plot.steps[self.maker[value]].region };
        let mut to = to;
        while region != 0 && !self.is_within(own, region) {
            let span = self.span(region);
            to = if span.to > to { span.to } else { to };
            region = span.around;
        }
        to
    }

    const fn is_within(&self, mut region: usize, of: usize) -> bool {
        while region != of && region != 0 {
            region = self.span(region).around;
        }
        region == of
    }

    const fn span(&self, region: usize) -> &Span {
        let mut i = 0;
        while self.plot.spans[i].region != region {
            i += 1;
        }
        &self.plot.spans[i]
    }

    // Values that share memory.

    const fn share(&mut self) {
        let steps = self.plot.steps;
        let mut s = 0;
        while s < steps.len() {
            match steps[s].act {
                Act::Enter if steps[s].active => self.share_at_entry(&steps[s]),
                Act::Leave if steps[s].active => self.share_at_end(&steps[s]),
                _ => {}
            }
            s += 1;
        }
        s = 0;
        while s < steps.len() {
            if matches!(steps[s].act, Act::Compute)
                && steps[s].active
                && steps[s].outputs.len() == 1
            {
                self.share_in_place(&steps[s]);
            }
            s += 1;
        }
    }

    /// A stored value takes the place of an operand that dies there, if number `i` depends on number `i` alone.
    const fn share_in_place(&mut self, step: &Step) {
        let value = step.outputs[0];
        if self.parent[value] != value || !self.is_stored(value) {
            return;
        }
        let mut i = 0;
        while i < step.inputs.len() {
            if has(step.offer.in_place, i)
                && let Some(operand) = self.stored_operand(step.inputs[i])
                && operand != value
                && self.is_stored(operand)
                && self.to[operand] <= step.time
                && self.reads[operand] == 1
                && self.grid(operand).len() == self.grid(value).len()
                && (self.is_own(operand) || self.is_own(value))
            {
                return self.merge(value, operand);
            }
            i += 1;
        }
    }

    /// The stored value behind tiled ones that read number `i` for number `i`.
    const fn stored_operand(&self, value: usize) -> Option<usize> {
        let mut value = self.root(value);
        while self.tiled[value] {
            if self.maker[value] == NONE {
                return None;
            }
            let step = &self.plot.steps[self.maker[value]];
            let (mut next, mut i) = (NONE, 0);
            while i < step.inputs.len() {
                if has(step.offer.pointwise, i) {
                    next = self.root(step.inputs[i]);
                    break;
                }
                i += 1;
            }
            if next == NONE {
                return None;
            }
            value = next;
        }
        Some(value)
    }

    /// The variable of a loop takes the place of what it begins with, if nobody else wants that.
    const fn share_at_entry(&mut self, step: &Step) {
        let (first, carried) = (self.root(step.inputs[0]), self.root(step.outputs[0]));
        let fits = first != carried
            && self.is_stored(first)
            && self.to[first] <= step.time
            && self.grid(first).len() == self.grid(carried).len()
            && (self.is_own(first) || self.is_own(carried));
        if fits {
            self.merge(carried, first);
        }
    }

    /// What an iteration gives is written where the variable is, if nobody reads by then what it was.
    const fn share_at_end(&mut self, step: &Step) {
        let (given, carried) = (self.root(step.inputs[0]), self.root(step.outputs[0]));
        if given == carried || !self.is_stored(given) || self.maker[given] == NONE {
            return;
        }
        let before = self.read[step.outputs[1]];
        let maker = &self.plot.steps[self.maker[given]];
        // In the same moment only number by number.
        let in_place = before == maker.time
            && self.from[given] == before
            && self.reads_in_place(maker, step.outputs[1]);
        let fits = maker.region == step.region
            && (before < self.from[given] || in_place)
            && self.to[given] <= step.time
            && self.grid(given).len() == self.grid(carried).len()
            && self.is_own(given);
        if fits {
            self.merge(given, carried);
        }
    }

    /// Whether a step, or tiled values that it reads, read `value` number by number, and once.
    const fn reads_in_place(&self, step: &Step, value: usize) -> bool {
        let (memory, mut i) = (self.root(value), 0);
        while i < step.inputs.len() {
            if has(step.offer.pointwise, i)
                && let Some(operand) = self.stored_operand(step.inputs[i])
                && operand == memory
            {
                return self.reads[value] == 1;
            }
            i += 1;
        }
        false
    }

    /// `value` is where `memory` is.
    const fn merge(&mut self, value: usize, memory: usize) {
        if matches!(self.home[value], Home::Output(_)) {
            self.home[memory] = self.home[value];
        }
        self.parent[value] = memory;
        if self.from[value] < self.from[memory] {
            self.from[memory] = self.from[value];
        }
        if self.to[value] > self.to[memory] {
            self.to[memory] = self.to[value];
        }
        self.reads[memory] = if self.read[value] > self.read[memory] {
            self.reads[value]
        } else {
            self.reads[memory]
                + (self.read[value] == self.read[memory]) as usize * self.reads[value]
        };
        if self.read[value] > self.read[memory] {
            self.read[memory] = self.read[value];
        }
    }

    // Places.

    const fn placed(&self) -> Layout<V, C> {
        let mut memory = Memory::<V, C>::new();
        let mut value = 0;
        while value < V {
            if self.is_memory(value) {
                memory.values[value].size = self.grid(value).len();
                memory.values[value].from = self.from[value];
                memory.values[value].to = self.to[value];
            }
            value += 1;
        }
        self.note_calls(&mut memory);
        let total = memory.place();
        memory.verify();
        let (mut spots, mut slots) = ([self.spot(&memory, 0); V], [0; C]);
        value = 0;
        while value < V {
            spots[value] = self.spot(&memory, value);
            value += 1;
        }
        let mut call = 0;
        while call < C {
            slots[call] = memory.calls[call].at;
            call += 1;
        }
        Layout { spots, slots, total, macs: self.macs() }
    }

    /// Whether a value is the one whose memory others share, and there is something to place.
    const fn is_memory(&self, value: usize) -> bool {
        self.parent[value] == value
            && self.is_own(value)
            && !self.tiled[value]
            && self.from[value] < END
            && self.maker[value] != NONE
    }

    const fn note_calls(&self, memory: &mut Memory<V, C>) {
        let steps = self.plot.steps;
        let mut s = 0;
        while s < steps.len() {
            let step = &steps[s];
            if let (true, false, Some(call)) = (step.active, self.is_nothing(step), step.call) {
                let is_tiled = step.outputs.len() == 1 && self.tiled[step.outputs[0]];
                memory.calls[call].size = self.plot.scratch[call][is_tiled as usize];
                memory.calls[call].from = self.call_from[call];
                memory.calls[call].to = self.call_to[call];
            }
            s += 1;
        }
    }

    const fn spot(&self, memory: &Memory<V, C>, value: usize) -> Spot {
        let root = self.root(value);
        let (home, at) = match self.home[root] {
            Home::Own => (Home::Own, memory.values[root].at),
            Home::Weight(at) => (self.home[root], at),
            other => (other, 0),
        };
        let tile = if self.same[value] { root } else { value };
        Spot {
            home,
            at,
            grid: self.grid(value),
            tiled: self.tiled[tile],
            through: self.through[value],
            monotone: self.monotone[tile],
            source: self.source[tile],
            packed: self.packed[value],
            pairs: self.pairs[tile],
            is_same: self.same[value],
        }
    }

    const fn macs(&self) -> usize {
        let steps = self.plot.steps;
        let (mut macs, mut s) = (0, 0);
        while s < steps.len() {
            if steps[s].active {
                let (mut times, mut region) = (1, steps[s].region);
                while region != 0 {
                    times *= self.span(region).times;
                    region = self.span(region).around;
                }
                macs += steps[s].offer.macs * times;
            }
            s += 1;
        }
        macs
    }
}

/// Something that takes memory for a while.
#[derive(Clone, Copy)]
struct Block {
    size: usize,
    from: usize,
    to: usize,
    at: usize,
    placed: bool,
}

/// The memory of a body.
struct Memory<const V: usize, const C: usize> {
    values: [Block; V],
    calls: [Block; C],
}

impl<const V: usize, const C: usize> Memory<V, C> {
    const fn new() -> Self {
        let nothing = Block { size: 0, from: 0, to: 0, at: 0, placed: false };
        Memory { values: [nothing; V], calls: [nothing; C] }
    }

    const fn block(&self, i: usize) -> &Block {
        if i < V { &self.values[i] } else { &self.calls[i - V] }
    }

    const fn block_mut(&mut self, i: usize) -> &mut Block {
        if i < V { &mut self.values[i] } else { &mut self.calls[i - V] }
    }

    /// Places the largest first, each at the lowest place that is free while it is alive; returns how much memory that is.
    const fn place(&mut self) -> usize {
        let mut total = 0;
        loop {
            let (mut largest, mut i) = (NONE, 0);
            while i < V + C {
                let block = self.block(i);
                if !block.placed
                    && block.size > 0
                    && (largest == NONE || block.size > self.block(largest).size)
                {
                    largest = i;
                }
                i += 1;
            }
            if largest == NONE {
                return total;
            }
            let at = self.gap(largest);
            let block = self.block_mut(largest);
            (block.at, block.placed) = (at, true);
            if at + block.size > total {
                total = at + block.size;
            }
        }
    }

    /// The lowest place for a block that is clear of the placed ones that are alive with it.
    const fn gap(&self, of: usize) -> usize {
        let (size, mut at, mut i) = (self.block(of).size, 0, 0);
        while i < V + C {
            let other = self.block(i);
            if other.placed
                && self.meet(of, i)
                && other.at < at + size
                && at < other.at + other.size
            {
                at = other.at + other.size;
                i = 0;
                continue;
            }
            i += 1;
        }
        at
    }

    const fn meet(&self, a: usize, b: usize) -> bool {
        let (a, b) = (self.block(a), self.block(b));
        a.from <= b.to && b.from <= a.to
    }

    /// The proof, for rustc to go through: no two that are alive at a time share a number.
    const fn verify(&self) {
        let mut a = 0;
        while a < V + C {
            let mut b = a + 1;
            while b < V + C && self.block(a).size > 0 {
                let (one, other) = (self.block(a), self.block(b));
                let apart = other.size == 0
                    || one.at + one.size <= other.at
                    || other.at + other.size <= one.at;
                assert!(
                    apart || !self.meet(a, b),
                    "two values that are alive at a time share memory"
                );
                b += 1;
            }
            a += 1;
        }
    }
}

/// What a body offers to whoever calls it, by its two layouts; `inputs` and `outputs` are its values.
pub const fn offer<const V: usize, const C: usize>(
    stored: &Layout<V, C>,
    tiled: &Layout<V, C>,
    inputs: &[usize],
    outputs: &[usize],
) -> Inference {
    let (mut offer, mut i) = (Inference::OPAQUE.macs(stored.macs), 0);
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
        return Inference { same: Some(input), macs: offer.macs, ..Inference::OPAQUE };
    }
    offer.gives = spot.tiled;
    if spot.tiled {
        (offer.monotone, offer.pairs) = (spot.monotone, spot.pairs);
        if let Some(input) = spot.source {
            offer.through = Some(input);
            offer.pointwise = 1 << input;
            offer.in_place = 1 << input;
        }
    }
    offer
}
