//! Which weights of a body multiply its output, a column at a time, and which call computes what another one is given.

use super::{Draft, Home, NONE};
use crate::infer::offer::Scales;

/// The weights of a body that, each of their columns multiplied by a number, multiply the columns of its only output.
#[derive(Clone, Copy, Debug)]
pub struct Scaled {
    /// Their numbers among its weights, as bits; none if there are no such.
    pub weights: u32,
    /// That of them which is added last, a number a column.
    pub bias: Option<usize>,
}

impl Scaled {
    /// No weights.
    pub const NONE: Scaled = Scaled { weights: 0, bias: None };
}

impl<const V: usize, const C: usize, const S: usize> Draft<V, C, S> {
    /// Which weights multiply the output.
    pub const fn scaled(&self) -> Scaled {
        match *self.script.outputs {
            [output] => match self.scaling(output, self.sizes[output].grid.columns, true) {
                Some(scaled) => scaled,
                None => Scaled::NONE,
            },
            _ => Scaled::NONE,
        }
    }

    /// Which weights multiply a value; `added` as long as it is a term of the output.
    const fn scaling(&self, value: usize, columns: usize, added: bool) -> Option<Scaled> {
        let found = &self.found[self.found[value].parent];
        if found.uses != 1 {
            return None;
        }
        if let Home::Weight(weight) = found.home {
            let grid = self.sizes[value].grid;
            if weight >= self.weights.len() || weight >= 32 || !grid.len().is_multiple_of(columns) {
                return None;
            }
            if added && grid.columns != columns {
                return None;
            }
            let bias = if added && grid.is_alone() { Some(weight) } else { None };
            return Some(Scaled { weights: 1 << weight, bias });
        }
        if found.maker == NONE || self.script.steps[found.maker].region != 0 {
            return None;
        }
        let (inputs, mut all) = (self.script.steps[found.maker].inputs, Scaled::NONE);
        match self.moments[found.maker].offer.scales {
            Scales::Nothing => None,
            Scales::Input(input) => self.scaling(inputs[input], columns, false),
            Scales::Sum => {
                let mut i = 0;
                while i < inputs.len() {
                    let Some(Scaled { weights, bias }) = self.scaling(inputs[i], columns, added)
                    else {
                        return None;
                    };
                    all.weights |= weights;
                    if bias.is_some() {
                        all.bias = bias;
                    }
                    i += 1;
                }
                Some(all)
            }
        }
    }

    /// The call that computes the only input of this one, for it alone, if both have so many `columns`.
    pub const fn before(&self, call: usize, columns: usize) -> Option<usize> {
        let (steps, mut s) = (self.script.steps, 0);
        while s < steps.len() && !matches!(steps[s].call, Some(number) if number == call) {
            s += 1;
        }
        if s == steps.len() || steps[s].inputs.len() != 1 {
            return None;
        }
        let found = &self.found[self.found[steps[s].inputs[0]].parent];
        if found.uses != 1 || found.maker == NONE {
            return None;
        }
        let maker = &steps[found.maker];
        let is_beside = maker.region == steps[s].region && maker.outputs.len() == 1;
        if is_beside && self.sizes[maker.outputs[0]].grid.columns == columns {
            maker.call
        } else {
            None
        }
    }
}
