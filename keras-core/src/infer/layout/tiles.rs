//! Which values are computed tile by tile.

use super::draft::Drafting;
use super::{Home, Moment, Monotone, NONE, OUTSIDE, Step};
use crate::infer::freeze::Pack;
use crate::infer::offer::{Inference, has};

impl Drafting<'_> {
    /// Which values are tiled, and how the weights that are read are stored in a frozen model, one after the other.
    pub(super) const fn find_tiled(&mut self, packs: &mut [Pack]) {
        let (mut stores, mut value) = (false, 0);
        while value < packs.len() {
            let (uses, home) = (self.values[value].uses, self.values[value].home);
            if self.values[value].parent != value {
                value += 1;
                continue;
            }
            if uses == 1 {
                self.tile(value);
            }
            match home {
                Home::Weight(weight) if uses > 0 => self.pack(value, weight, &mut packs[value]),
                Home::Own => {
                    let found = &self.values[value];
                    stores |= found.maker != NONE && (!found.tiled || found.is_output);
                }
                _ => {}
            }
            value += 1;
        }
        self.sums.stores = stores;
    }

    const fn pack(&mut self, value: usize, weight: usize, pack: &mut Pack) {
        if weight < self.plot.weights.len() {
            let (at, tiles) = (self.sums.frozen, self.values[value].tiles);
            *pack = Pack { weight: Some(weight), at, tiles };
            self.sums.frozen = at + self.plot.sizes[value].grid.len();
        }
    }

    /// A value that is read once: whether it may be tiled, or as a weight is read by tiles.
    const fn tile(&mut self, value: usize) {
        let (steps, moments, found) = (self.steps, self.moments, &mut self.values[value]);
        let region = match found.home {
            Home::Weight(_) => {
                let is_matrix = found.input == 1 && found.user != OUTSIDE;
                if is_matrix && moments[found.user].offer.packs > 0 {
                    found.tiles = self.plot.sizes[steps[found.user].outputs[0]].grid;
                }
                return;
            }
            Home::Input(i) => {
                found.source = Some(i);
                0
            }
            Home::Own | Home::Output(_) => {
                if found.maker == NONE || !moments[found.maker].offer.gives {
                    return;
                }
                steps[found.maker].region
            }
        };
        if found.user == OUTSIDE {
            let is_computed = !matches!(found.home, Home::Input(_));
            found.is_output = is_computed && self.plot.script.outputs.len() == 1;
            found.tiled = found.is_output;
            return;
        }
        let (user, offer, sizes) =
            (&steps[found.user], &moments[found.user].offer, self.plot.sizes);
        // What an affine body makes of its weights alone a frozen model has made before, so no memory is for it.
        let is_of_weights = self.plot.script.is_affine && has(offer.columns, found.input);
        found.tiled = user.region == region
            && (has(offer.takes, found.input) || is_of_weights)
            && sizes[found.seen_as].grid.is(&sizes[value].grid);
    }

    /// What part of a tiled value is raw, and what finishes it; and what the steps add up to.
    pub(super) const fn split(&mut self, called: &mut [bool], times: &[usize]) {
        let mut s = 0;
        while s < self.steps.len() {
            let (step, Moment { active, offer }) = (&self.steps[s], &self.moments[s]);
            if *active {
                let is_tiled = step.outputs.len() == 1 && self.values[step.outputs[0]].tiled;
                if is_tiled {
                    self.split_one(step, offer, step.outputs[0]);
                }
                if let Some(call) = step.call {
                    called[call] = true;
                    self.sums.stores |= self.plot.scratch[call][is_tiled as usize] > 0;
                }
                if offer.macs > 0 {
                    self.sums.macs += offer.macs * self.times(times, step.region);
                }
                if offer.stack > self.sums.stack {
                    self.sums.stack = offer.stack;
                }
            }
            s += 1;
        }
    }

    /// How often a region runs, in all loops around it.
    const fn times(&self, of_loops: &[usize], mut region: usize) -> usize {
        let (spans, mut times) = (self.plot.script.spans, 1);
        while region != 0 {
            let mut i = 0;
            while spans[i].region != region {
                i += 1;
            }
            times *= of_loops[i];
            region = spans[i].around;
        }
        times
    }

    const fn split_one(&mut self, step: &Step, offer: &Inference, value: usize) {
        let (mut tiled, mut which, mut others, mut pairs) = (0, 0, true, offer.pairs);
        let mut i = 0;
        while i < step.inputs.len() {
            let input = &self.values[self.values[step.inputs[i]].parent];
            if input.tiled && has(offer.takes, i) {
                (tiled, which) = (tiled + 1, i);
                pairs |= input.pairs && has(offer.pointwise, i);
            } else {
                others &= has(offer.columns, i);
            }
            i += 1;
        }
        let is_through = step.call.is_none() && tiled == 1 && others;
        let group = if is_through { Some(which) } else { None };
        let is_monotone = if is_through { has(offer.rising, which) } else { offer.monotone };
        let mut monotone = match step.call {
            Some(call) if !is_monotone && offer.is_affine => Monotone::Folded(call),
            _ if is_monotone || (step.call.is_none() && !is_through) => Monotone::Yes,
            _ => Monotone::No,
        };
        let mut source = None;
        if let Some(i) = if step.call.is_some() { offer.through } else { group } {
            let input = &self.values[self.values[step.inputs[i]].parent];
            if input.tiled {
                monotone = monotone.and(input.monotone);
                source = input.source;
            }
        }
        let found = &mut self.values[value];
        found.through = group;
        found.monotone = monotone;
        found.source = source;
        found.pairs = pairs;
    }
}
