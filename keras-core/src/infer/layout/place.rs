//! Where values are placed: the largest first, each at the lowest place that is free while it is alive.

use super::{END, Home, Layout, NONE, Spot, Work};
use crate::infer::freeze::Pack;

impl<const V: usize, const C: usize> Work<'_, V, C> {
    // Places.

    pub(super) const fn placed(&self) -> Layout<V, C> {
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
        let (packs, frozen) = self.packs();
        let (mut spots, mut slots) = ([self.spot(&memory, &packs, 0); V], [0; C]);
        value = 0;
        while value < V {
            spots[value] = self.spot(&memory, &packs, value);
            value += 1;
        }
        let mut call = 0;
        while call < C {
            slots[call] = memory.calls[call].at;
            call += 1;
        }
        let (macs, stack, called) = (self.macs(), self.stack(), self.called());
        let tops = self.tops(&memory);
        Layout { spots, slots, total, tops, macs, stack, packs, frozen, called }
    }

    /// Where the memory ends that is taken while each call runs.
    const fn tops(&self, memory: &Memory<V, C>) -> [usize; C] {
        let (mut tops, steps, mut s) = ([0; C], self.plot.steps, 0);
        while s < steps.len() {
            if let (true, Some(call)) = (steps[s].active, steps[s].call) {
                tops[call] = memory.end_at(steps[s].time);
            }
            s += 1;
        }
        tops
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

    const fn spot(&self, memory: &Memory<V, C>, packs: &[Pack; V], value: usize) -> Spot {
        let root = self.root(value);
        let home = self.home[root];
        let at = match home {
            Home::Own => memory.values[root].at,
            Home::Weight(weight) => self.offset(weight),
            _ => 0,
        };
        let tile = if self.same[value] { root } else { value };
        Spot {
            home,
            at,
            frozen: packs[root].at,
            grid: self.grid(value),
            len: self.grid(value).len(),
            tiled: self.tiled[tile],
            through: self.through[value],
            monotone: self.monotone[tile],
            source: self.source[tile],
            packed: self.tiles[root].columns > 0,
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

    const fn stack(&self) -> usize {
        let steps = self.plot.steps;
        let (mut stack, mut s) = (0, 0);
        while s < steps.len() {
            if steps[s].active && !self.is_nothing(&steps[s]) && steps[s].offer.stack > stack {
                stack = steps[s].offer.stack;
            }
            s += 1;
        }
        stack
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

    /// Where the memory ends that is taken at a moment.
    const fn end_at(&self, time: usize) -> usize {
        let (mut end, mut i) = (0, 0);
        while i < V + C {
            let block = self.block(i);
            let is_alive = block.size > 0 && block.from <= time && time <= block.to;
            if is_alive && block.at + block.size > end {
                end = block.at + block.size;
            }
            i += 1;
        }
        end
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
