//! Which values are others, and which are computed tile by tile.

use super::{Act, Home, NONE, OUTSIDE, Step, Work};
use crate::infer::offer::has;
use crate::infer::tile::Grid;

impl<const V: usize, const C: usize> Work<'_, V, C> {
    // Values that are others.

    pub(super) const fn find_same(&mut self) {
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

    pub(super) const fn find_tiled(&mut self) {
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
                self.tiles[value] = self.tiles_of(&self.plot.steps[user], value);
            }
            value += 1;
        }
        self.uses = uses;
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
    pub(super) const fn is_nothing(&self, step: &Step) -> bool {
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

    /// The value whose tiles read a weight in this step; none where it reads it as it is.
    const fn tiles_of(&self, step: &Step, value: usize) -> Grid {
        let is_matrix = matches!(self.home[value], Home::Weight(_))
            && step.inputs.len() > 1
            && self.root(step.inputs[1]) == value;
        if is_matrix && step.offer.packs > 0 { self.grid(step.outputs[0]) } else { Grid::NONE }
    }

    /// What part of a tiled value is raw, and what finishes it.
    pub(super) const fn split(&mut self) {
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
            self.pairs[value] |=
                self.tiled[input] && self.pairs[input] && has(step.offer.pointwise, i);
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
}
