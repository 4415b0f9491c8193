//! What is placed, and where each value is then.

use super::memory::{Block, Memory, Owner};
use super::{Found, Home, Spot, Step, Work};
use crate::infer::freeze::Pack;
use crate::net::output_at;
use crate::shape::Inferred;
use crate::weights::own_offset;

impl Work<'_> {
    // Places.

    /// Places what takes memory, with the inputs if they lie there, too; returns how much that is.
    pub(super) const fn place(&mut self, memory: &mut Memory<'_>, with_inputs: bool) -> usize {
        self.live();
        self.share();
        let (inputs, mut i) = (self.plot.script.inputs, 0);
        while with_inputs && i < inputs.len() {
            let lives = (0, self.lives[inputs[i]].to);
            memory.note(Owner::Value(inputs[i]), self.grid(inputs[i]).len(), lives);
            i += 1;
        }
        let mut s = 0;
        while s < self.steps.len() {
            if self.is_done(s) {
                self.note_step(&self.steps[s], s, memory);
            }
            s += 1;
        }
        memory.place()
    }

    /// Notes what a step takes: its outputs, where others do not share their memory with them, and what its call stores.
    const fn note_step(&self, step: &Step, s: usize, memory: &mut Memory<'_>) {
        let mut o = 0;
        while o < step.outputs.len() {
            let value = step.outputs[o];
            let life = &self.lives[value];
            let is_memory = life.parent == value
                && matches!(life.home, Home::Own)
                && !life.tiled
                && self.found[value].maker == s;
            if is_memory {
                memory.note(Owner::Value(value), self.grid(value).len(), (life.from, life.to));
            }
            o += 1;
        }
        if let Some(call) = step.call {
            let is_tiled = step.outputs.len() == 1 && self.lives[step.outputs[0]].tiled;
            let size = self.plot.scratch[call][is_tiled as usize];
            memory.note(Owner::Call(call), size, self.calls[call]);
        }
    }

    /// Notes where each value and the memory of each call begins.
    pub(super) const fn find_places(&mut self, memory: &Memory<'_>, slots: &mut [usize]) {
        let mut i = 0;
        while let Some((of, at)) = memory.block(i) {
            match of {
                Owner::Value(value) => self.lives[value].at = at,
                Owner::Call(call) => slots[call] = at,
            }
            i += 1;
        }
    }

    pub(super) const fn find_spots(&self, packs: &[Pack], spots: &mut [Spot]) {
        let mut i = 0;
        while i < spots.len() {
            spots[i] = self.spot(packs, i);
            i += 1;
        }
    }

    /// Moves what the body stores behind the outputs, and adds these; returns how many blocks there are.
    pub(super) const fn with_outputs(&self, blocks: &mut [Block], outputs: &[Inferred]) -> usize {
        let (behind, mut count) = (crate::net::outputs(outputs).total(1), 0);
        while count < blocks.len() && blocks[count].size > 0 {
            blocks[count].at += behind;
            count += 1;
        }
        let mut value = 0;
        while value < self.lives.len() {
            let life = &self.lives[value];
            if let Home::Output(output) = life.home
                && life.parent == value
                && count < blocks.len()
            {
                let (size, at) = (self.grid(value).len(), output_at(outputs, output));
                blocks[count] = Block::given(value, size, at, (life.from, life.to));
                count += 1;
            }
            value += 1;
        }
        count
    }

    /// Where the memory ends that is taken while each call runs.
    pub(super) const fn find_tops(&self, memory: &Memory<'_>, tops: &mut [usize]) {
        let mut s = 0;
        while s < self.steps.len() {
            if let (true, Some(call)) = (self.moments[s].active, self.steps[s].call) {
                tops[call] = memory.end_at(self.steps[s].time);
            }
            s += 1;
        }
    }

    const fn spot(&self, packs: &[Pack], value: usize) -> Spot {
        let root = self.root(value);
        let (home, grid, is_same) =
            (self.lives[root].home, self.grid(value), self.lives[value].same);
        let at = match home {
            Home::Own | Home::Input(_) => self.lives[root].at,
            Home::Weight(weight) => own_offset(self.plot.weights, weight),
            _ => 0,
        };
        let tile = if is_same { self.found[value].parent } else { value };
        let tiled = self.lives[tile].tiled;
        let spot = Spot {
            home,
            at,
            frozen: packs[root].at,
            grid,
            len: grid.len(),
            tiled,
            packed: self.found[root].tiles.columns > 0,
            is_same,
            ..Spot::NONE
        };
        if !tiled {
            return spot;
        }
        let Found { through, monotone, source, pairs, .. } = self.found[tile];
        let through = if is_same { None } else { through };
        Spot { through, monotone, source, pairs, ..spot }
    }
}
