//! Where values are placed: the largest first, each at the lowest place that is free while it is alive.

use super::{END, Home, Layout, NONE, Spot, Work};
use crate::infer::freeze::Pack;
use crate::weights::Tree;

impl<const V: usize, const C: usize> Work<'_, V, C> {
    // Places.

    pub(super) const fn placed(&self) -> Layout<V, C> {
        let (memory, total) = self.memory();
        let (mut value_at, mut slots, mut i) = ([0; V], [0; C], 0);
        while i < memory.value_count {
            value_at[memory.values[i].of] = memory.values[i].at;
            i += 1;
        }
        i = 0;
        while i < memory.call_count {
            slots[memory.calls[i].of] = memory.calls[i].at;
            i += 1;
        }
        let (packs, frozen) = self.packs();
        let (mut spots, mut value) = ([self.spot(&value_at, &packs, 0); V], 1);
        while value < V {
            spots[value] = self.spot(&value_at, &packs, value);
            value += 1;
        }
        let (macs, stack, called) = (self.macs(), self.stack(), self.called());
        Layout { spots, slots, total, macs, stack, packs, frozen, called }
    }

    /// What takes memory, each with its place, and how much memory that is.
    const fn memory(&self) -> (Memory<V, C>, usize) {
        let (mut memory, mut value) = (Memory::<V, C>::new(), 0);
        while value < V {
            if self.is_memory(value) {
                let lives = (self.from[value], self.to[value]);
                memory.note_value(value, self.grid(value).len(), lives);
            }
            value += 1;
        }
        self.note_calls(&mut memory);
        let total = memory.place();
        memory.verify();
        (memory, total)
    }

    /// Where the memory ends that is taken while each call runs.
    pub(super) const fn tops(&self) -> [usize; C] {
        let (memory, steps) = (self.memory().0, self.plot.steps);
        let (mut tops, mut s) = ([0; C], 0);
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
                let lives = (self.call_from[call], self.call_to[call]);
                memory.note_call(call, self.plot.scratch[call][is_tiled as usize], lives);
            }
            s += 1;
        }
    }

    const fn spot(&self, value_at: &[usize; V], packs: &[Pack; V], value: usize) -> Spot {
        let root = self.root(value);
        let home = self.home[root];
        let at = match home {
            Home::Own => value_at[root],
            Home::Weight(weight) => Tree { own: self.plot.weights, nested: &[] }.own_offset(weight),
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
    /// The number of the value or call.
    of: usize,
    size: usize,
    from: usize,
    to: usize,
    at: usize,
    placed: bool,
}

/// The memory of a body: only what takes some, for rustc goes over all pairs of it.
struct Memory<const V: usize, const C: usize> {
    values: [Block; V],
    value_count: usize,
    calls: [Block; C],
    call_count: usize,
}

impl<const V: usize, const C: usize> Memory<V, C> {
    const fn new() -> Self {
        let nothing = Block { of: 0, size: 0, from: 0, to: 0, at: 0, placed: false };
        Memory { values: [nothing; V], value_count: 0, calls: [nothing; C], call_count: 0 }
    }

    const fn note_value(&mut self, of: usize, size: usize, (from, to): (usize, usize)) {
        if size > 0 {
            self.values[self.value_count] = Block { of, size, from, to, at: 0, placed: false };
            self.value_count += 1;
        }
    }

    const fn note_call(&mut self, of: usize, size: usize, (from, to): (usize, usize)) {
        if size > 0 {
            self.calls[self.call_count] = Block { of, size, from, to, at: 0, placed: false };
            self.call_count += 1;
        }
    }

    const fn block(&self, i: usize) -> &Block {
        if i < self.value_count { &self.values[i] } else { &self.calls[i - self.value_count] }
    }

    const fn block_mut(&mut self, i: usize) -> &mut Block {
        if i < self.value_count {
            &mut self.values[i]
        } else {
            &mut self.calls[i - self.value_count]
        }
    }

    /// Places the largest first, each at the lowest place that is free while it is alive; returns how much memory that is.
    const fn place(&mut self) -> usize {
        let (mut total, mut size) = (0, self.largest_below(usize::MAX));
        while size > 0 {
            let mut i = 0;
            while i < self.value_count + self.call_count {
                if self.block(i).size == size {
                    let at = self.gap(i);
                    let block = self.block_mut(i);
                    (block.at, block.placed) = (at, true);
                    if at + size > total {
                        total = at + size;
                    }
                }
                i += 1;
            }
            size = self.largest_below(size);
        }
        total
    }

    /// The largest size below `limit`; 0 where there is none.
    const fn largest_below(&self, limit: usize) -> usize {
        let (mut largest, mut i) = (0, 0);
        while i < self.value_count {
            let size = self.values[i].size;
            largest = if size < limit && size > largest { size } else { largest };
            i += 1;
        }
        i = 0;
        while i < self.call_count {
            let size = self.calls[i].size;
            largest = if size < limit && size > largest { size } else { largest };
            i += 1;
        }
        largest
    }

    /// The lowest place for a block that is clear of the placed ones that are alive with it.
    const fn gap(&self, of: usize) -> usize {
        let Block { size, from, to, .. } = *self.block(of);
        let (mut at, mut i) = (0, 0);
        while i < self.value_count + self.call_count {
            let other = self.block(i);
            let is_in_the_way = other.placed
                && from <= other.to
                && other.from <= to
                && other.at < at + size
                && at < other.at + other.size;
            (at, i) = if is_in_the_way { (other.at + other.size, 0) } else { (at, i + 1) };
        }
        at
    }

    /// Where the memory ends that is taken at a moment.
    const fn end_at(&self, time: usize) -> usize {
        let (mut end, mut i) = (0, 0);
        while i < self.value_count + self.call_count {
            let block = self.block(i);
            let is_alive = block.from <= time && time <= block.to;
            if is_alive && block.at + block.size > end {
                end = block.at + block.size;
            }
            i += 1;
        }
        end
    }

    /// The proof, for rustc to go through: no two that are alive at a time share a number.
    const fn verify(&self) {
        let count = self.value_count + self.call_count;
        let mut a = 0;
        while a < count {
            let one = *self.block(a);
            let mut b = a + 1;
            while b < count {
                let other = self.block(b);
                assert!(
                    one.at + one.size <= other.at
                        || other.at + other.size <= one.at
                        || one.to < other.from
                        || other.to < one.from,
                    "two values that are alive at a time share memory"
                );
                b += 1;
            }
            a += 1;
        }
    }
}
