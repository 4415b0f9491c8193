//! Values that share memory, number by number.

use super::{Act, Home, Moment, NONE, Step, Work};
use crate::infer::offer::{Inference, has};

impl Work<'_> {
    // Values that share memory.

    pub(super) const fn share(&mut self) {
        let (steps, moments) = (self.steps, self.moments);
        let mut s = 0;
        while s < steps.len() && !self.plot.script.spans.is_empty() {
            match steps[s].act {
                Act::Enter if moments[s].active => self.share_at_entry(&steps[s]),
                Act::Leave if moments[s].active => self.share_at_end(&steps[s]),
                _ => {}
            }
            s += 1;
        }
        s = 0;
        while s < steps.len() {
            let Moment { active, offer } = &moments[s];
            if *active && offer.in_place != 0 && steps[s].outputs.len() == 1 {
                self.share_in_place(&steps[s], offer);
            }
            s += 1;
        }
    }

    /// A stored value takes the place of an operand that dies there, if number `i` depends on number `i` alone.
    const fn share_in_place(&mut self, step: &Step, offer: &Inference) {
        let value = step.outputs[0];
        if self.lives[value].parent != value || !self.is_stored(value) {
            return;
        }
        let mut i = 0;
        while i < step.inputs.len() {
            if has(offer.in_place, i)
                && let Some(operand) = self.stored_operand(step.inputs[i])
                && operand != value
                && self.is_stored(operand)
                && self.lives[operand].to <= step.time
                && self.lives[operand].reads == 1
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
        while self.lives[value].tiled {
            if self.found[value].maker == NONE {
                return None;
            }
            let maker = self.found[value].maker;
            let (step, offer) = (&self.steps[maker], &self.moments[maker].offer);
            let (mut next, mut i) = (NONE, 0);
            while i < step.inputs.len() {
                if has(offer.pointwise, i) {
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
            && self.lives[first].to <= step.time
            && self.grid(first).len() == self.grid(carried).len()
            && (self.is_own(first) || self.is_own(carried));
        if fits {
            self.merge(carried, first);
        }
    }

    /// What an iteration gives is written where the variable is, if nobody reads by then what it was.
    const fn share_at_end(&mut self, step: &Step) {
        let (given, carried) = (self.root(step.inputs[0]), self.root(step.outputs[0]));
        if given == carried || !self.is_stored(given) || self.found[given].maker == NONE {
            return;
        }
        let before = self.lives[step.outputs[1]].read;
        let maker = self.found[given].maker;
        let (made, offer) = (&self.steps[maker], &self.moments[maker].offer);
        // In the same moment only number by number.
        let in_place = before == made.time
            && self.lives[given].from == before
            && self.reads_in_place(made, offer, step.outputs[1]);
        let fits = made.region == step.region
            && (before < self.lives[given].from || in_place)
            && self.lives[given].to <= step.time
            && self.grid(given).len() == self.grid(carried).len()
            && self.is_own(given);
        if fits {
            self.merge(given, carried);
        }
    }

    /// Whether a step, or tiled values that it reads, read `value` number by number, and once.
    const fn reads_in_place(&self, step: &Step, offer: &Inference, value: usize) -> bool {
        let (memory, mut i) = (self.root(value), 0);
        while i < step.inputs.len() {
            if has(offer.pointwise, i)
                && let Some(operand) = self.stored_operand(step.inputs[i])
                && operand == memory
            {
                return self.lives[value].reads == 1;
            }
            i += 1;
        }
        false
    }

    /// `value` is where `memory` is.
    const fn merge(&mut self, value: usize, memory: usize) {
        if matches!(self.lives[value].home, Home::Output(_)) {
            self.lives[memory].home = self.lives[value].home;
        }
        self.lives[value].parent = memory;
        if self.lives[value].from < self.lives[memory].from {
            self.lives[memory].from = self.lives[value].from;
        }
        if self.lives[value].to > self.lives[memory].to {
            self.lives[memory].to = self.lives[value].to;
        }
        self.lives[memory].reads = if self.lives[value].read > self.lives[memory].read {
            self.lives[value].reads
        } else {
            self.lives[memory].reads
                + (self.lives[value].read == self.lives[memory].read) as usize
                    * self.lives[value].reads
        };
        if self.lives[value].read > self.lives[memory].read {
            self.lives[memory].read = self.lives[value].read;
        }
    }
}
