//! Which values are computed tile by tile.

use super::draft::Drafting;
use super::{Home, NONE, OUTSIDE, Step};
use crate::infer::freeze::Pack;
use crate::infer::offer::has;

impl Drafting<'_> {
    pub(super) const fn find_tiled(&mut self) {
        let mut value = 0;
        while value < self.values.len() {
            let found = &self.values[value];
            if found.parent == value {
                if found.uses == 1 {
                    self.tile(value);
                }
                let found = &self.values[value];
                let is_memory = matches!(found.home, Home::Own) && found.maker != NONE;
                self.sums.stores |= is_memory && (!found.tiled || found.is_output);
            }
            value += 1;
        }
    }

    /// A value that is read once: whether it may be tiled, or as a weight is read by tiles.
    const fn tile(&mut self, value: usize) {
        let (steps, found) = (self.plot.steps, &mut self.values[value]);
        let region = match found.home {
            Home::Weight(_) => {
                let is_matrix = found.input == 1 && found.user != OUTSIDE;
                if is_matrix && steps[found.user].offer.packs > 0 {
                    found.tiles = self.plot.sizes[steps[found.user].outputs[0]].grid;
                }
                return;
            }
            Home::Input(i) => {
                found.source = Some(i);
                0
            }
            Home::Own | Home::Output(_) => {
                if found.maker == NONE || !steps[found.maker].offer.gives {
                    return;
                }
                steps[found.maker].region
            }
        };
        if found.user == OUTSIDE {
            let is_computed = !matches!(found.home, Home::Input(_));
            found.is_output = is_computed && self.plot.outputs.len() == 1;
            found.tiled = found.is_output;
            return;
        }
        let (user, sizes) = (&steps[found.user], self.plot.sizes);
        found.tiled = user.region == region
            && has(user.offer.takes, found.input)
            && sizes[found.seen_as].grid.is(&sizes[value].grid);
    }

    /// What part of a tiled value is raw, and what finishes it; and what the steps add up to.
    pub(super) const fn split(&mut self, called: &mut [bool]) {
        let (steps, mut s) = (self.plot.steps, 0);
        while s < steps.len() {
            let step = &steps[s];
            if step.active {
                let is_tiled = step.outputs.len() == 1 && self.values[step.outputs[0]].tiled;
                if is_tiled {
                    self.split_one(step, step.outputs[0]);
                }
                if let Some(call) = step.call {
                    called[call] = true;
                    self.sums.stores |= self.plot.scratch[call][is_tiled as usize] > 0;
                }
                if step.offer.macs > 0 {
                    self.sums.macs += step.offer.macs * self.plot.times(step.region);
                }
                if step.offer.stack > self.sums.stack {
                    self.sums.stack = step.offer.stack;
                }
            }
            s += 1;
        }
    }

    const fn split_one(&mut self, step: &Step, value: usize) {
        let (mut tiled, mut which, mut others, mut pairs) = (0, 0, true, step.offer.pairs);
        let mut i = 0;
        while i < step.inputs.len() {
            let input = &self.values[self.values[step.inputs[i]].parent];
            if input.tiled {
                (tiled, which) = (tiled + 1, i);
                pairs |= input.pairs && has(step.offer.pointwise, i);
            } else {
                others &= has(step.offer.columns, i);
            }
            i += 1;
        }
        let is_through = step.call.is_none() && tiled == 1 && others;
        let group = if is_through { Some(which) } else { None };
        let mut monotone = if is_through {
            has(step.offer.rising, which)
        } else {
            step.call.is_none() || step.offer.monotone
        };
        let mut source = None;
        if let Some(i) = if step.call.is_some() { step.offer.through } else { group } {
            let input = &self.values[self.values[step.inputs[i]].parent];
            if input.tiled {
                monotone &= input.monotone;
                source = input.source;
            }
        }
        let found = &mut self.values[value];
        (found.through, found.monotone, found.source, found.pairs) =
            (group, monotone, source, pairs);
    }

    /// The weights that are read, as a frozen model stores them, one after the other.
    pub(super) const fn find_packs(&mut self, packs: &mut [Pack]) {
        let (mut total, mut value) = (0, 0);
        while value < packs.len() {
            let found = &self.values[value];
            if let (Home::Weight(weight), true) = (found.home, found.uses > 0)
                && weight < self.plot.weights.len()
            {
                packs[value] = Pack { weight: Some(weight), at: total, tiles: found.tiles };
                total += self.plot.sizes[value].grid.len();
            }
            value += 1;
        }
        self.sums.frozen = total;
    }
}
