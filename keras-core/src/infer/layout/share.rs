//! Values that share memory, number by number.

use super::{Act, Home, NONE, Step, Work};
use crate::infer::offer::has;

impl<const V: usize, const C: usize> Work<'_, V, C> {
    // Values that share memory.

    pub(super) const fn share(&mut self) {
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
}
