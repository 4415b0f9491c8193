//! How the weights of a body are stored in a frozen model.

use super::{Home, Work};
use crate::infer::freeze::Pack;

impl<const V: usize, const C: usize> Work<'_, V, C> {
    /// The weights that are read, one after the other, and how many numbers they have.
    pub(super) const fn packs(&self) -> ([Pack; V], usize) {
        let (mut packs, mut total, mut value) = ([Pack::NONE; V], 0, 0);
        while value < V {
            if let (Home::Weight(weight), true) = (self.home[value], self.uses[value] > 0)
                && weight < self.plot.weights.len()
            {
                let tiles = self.tiles[value];
                packs[value] = Pack { weight: Some(weight), at: total, tiles };
                total += self.plot.weights[weight].shape.len();
            }
            value += 1;
        }
        (packs, total)
    }

    /// Which calls there are.
    pub(super) const fn called(&self) -> [bool; C] {
        let (mut called, mut s) = ([false; C], 0);
        while s < self.plot.steps.len() {
            let step = &self.plot.steps[s];
            if let (true, Some(call)) = (step.active, step.call) {
                called[call] = true;
            }
            s += 1;
        }
        called
    }
}
