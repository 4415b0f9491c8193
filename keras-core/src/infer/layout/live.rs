//! When values are alive.

use super::{Act, END, NONE, Step, Work};

impl Work<'_> {
    // When values are alive.

    pub(super) const fn live(&mut self) {
        // Backwards: what a tiled value reads is read when the value is.
        let mut s = self.steps.len();
        while s > 0 {
            s -= 1;
            if self.is_done(s) {
                self.live_in(&self.steps[s]);
            }
        }
        let (outputs, mut o) = (self.plot.script.outputs, 0);
        while o < outputs.len() {
            self.extend(outputs[o], END, 0, true);
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
            self.calls[call] = (step.time, time);
        }
        if matches!(step.act, Act::Leave) {
            return self.extend(step.outputs[0], step.time, 0, false);
        }
        let mut o = 0;
        while o < step.outputs.len() {
            self.lives[step.outputs[o]].from = step.time;
            self.extend(step.outputs[o], step.time, step.region, false);
            o += 1;
        }
    }

    /// When a step reads: if its output is tiled, when that is read.
    const fn effective(&self, step: &Step) -> usize {
        if step.outputs.len() == 1 && self.lives[step.outputs[0]].tiled {
            let value = step.outputs[0];
            return if self.lives[value].read == 0 { END } else { self.lives[value].read };
        }
        step.time
    }

    /// Notes that a value, and all that it is, is alive until `to`, and perhaps read then, in a region.
    const fn extend(&mut self, mut value: usize, to: usize, region: usize, is_read: bool) {
        loop {
            let to = if region == 0 { to } else { self.beyond(value, to, region) };
            if is_read && to >= self.lives[value].read {
                let as_before = to == self.lives[value].read;
                self.lives[value].reads = 1 + if as_before { self.lives[value].reads } else { 0 };
                self.lives[value].read = to;
            }
            if to > self.lives[value].to {
                self.lives[value].to = to;
            }
            if self.lives[value].parent == value {
                return;
            }
            value = self.lives[value].parent;
        }
    }

    /// What a loop reads of its surroundings is alive through all of its iterations.
    const fn beyond(&self, value: usize, to: usize, mut region: usize) -> usize {
        let own = if self.found[value].maker == NONE {
            0
        } else {
            self.steps[self.found[value].maker].region
        };
        let mut to = to;
        while region != 0 && !self.is_within(own, region) {
            let span = self.plot.span(region);
            to = if span.to > to { span.to } else { to };
            region = span.around;
        }
        to
    }

    const fn is_within(&self, mut region: usize, of: usize) -> bool {
        while region != of && region != 0 {
            region = self.plot.span(region).around;
        }
        region == of
    }
}
