//! What a layer says of one example outside of training.

use super::tile::{Fetch, Grid};
use crate::shape::Inferred;

/// The stack of a model whose values are all computed by tiles: saved registers, and what a loop over tiles does not keep in the
/// others. Of all boards and opt-levels the most that was measured is 412 bytes, with Helium.
const LOOPS: usize = 448;

/// The stack of an op that computes whole values: shapes, strides, and the places of what it reads.
const WHOLE: usize = 512;

/// The stack that a model takes, in bytes, whose steps take so many `beyond` those that every model does: a bound that holds on
/// each board that the library is measured on.
pub const fn stack(beyond: usize) -> usize {
    LOOPS + beyond
}

/// What a layer at one call offers, so that values need not be stored. Sets of inputs are bit masks.
///
/// [`Inference::OPAQUE`] is true of every layer: it reads all of its inputs, stores all of its outputs, in memory of their own.
#[derive(Clone, Copy, Debug)]
pub struct Inference {
    /// Whether its output, of which there is one, can be asked for a tile at a time.
    pub gives: bool,
    /// Inputs that may be given a tile at a time: the layer asks for each of their tiles once.
    pub takes: u32,
    /// Inputs as large as the output, of which number `i` of the output reads number `i` alone.
    pub pointwise: u32,
    /// Inputs in whose place the output may be written.
    pub in_place: u32,
    /// Of a group: pointwise inputs with which the output never falls.
    pub rising: u32,
    /// The input whose raw tiles are those of the output: all that the layer does can be done when they are finished.
    pub through: Option<usize>,
    /// Whether finishing is a function that never falls, so that a maximum may be taken before.
    pub monotone: bool,
    /// Whether what it computes is affine, as far as can be seen without a number.
    pub is_affine: bool,
    /// Inputs that are the same at every position, one number a column or one for all.
    pub columns: u32,
    /// The input whose numbers the output has, in their order: then there is nothing to compute.
    pub same: Option<usize>,
    /// How many columns input 1 has, if it is a matrix that can be stored as tiles read it; 0 if not.
    pub packs: usize,
    /// What must be multiplied, each column by a number, for the columns of the output to be.
    pub scales: Scales,
    /// Whether two positions side by side cost less than twice what one costs.
    pub pairs: bool,
    /// Multiplications with weights or values, each with an addition.
    pub macs: usize,
    /// Bytes of stack, beyond those that every model takes.
    pub stack: usize,
}

/// What must be multiplied, each column by a number, for the columns of an output to be.
#[derive(Clone, Copy, Debug)]
pub enum Scales {
    /// That is not known.
    Nothing,
    /// This input.
    Input(usize),
    /// All inputs, of which the output is the sum.
    Sum,
}

impl Inference {
    /// Nothing is offered.
    pub const OPAQUE: Inference = Inference {
        gives: false,
        takes: 0,
        pointwise: 0,
        in_place: 0,
        rising: 0,
        through: None,
        monotone: true,
        is_affine: false,
        columns: 0,
        same: None,
        packs: 0,
        scales: Scales::Nothing,
        pairs: false,
        macs: 0,
        stack: WHOLE,
    };

    /// Tiles are given: their loops stay in registers.
    pub const TILES: Inference = Inference { gives: true, stack: 0, ..Inference::OPAQUE };

    /// The output has the numbers of the first input.
    pub const SAME: Inference = Inference { same: Some(0), stack: 0, ..Inference::OPAQUE };

    /// Computed from the whole of the only input, in its place.
    pub const IN_PLACE: Inference = Inference { in_place: 1, stack: 0, ..Inference::OPAQUE };

    /// A function of each number of the only input.
    pub const fn map(monotone: bool) -> Inference {
        let mut offer = Inference::TILES;
        (offer.through, offer.monotone) = (Some(0), monotone);
        (offer.takes, offer.pointwise, offer.in_place) = (1, 1, 1);
        offer
    }

    /// An elementwise group: `rising` says with which operands its value never falls, and `sum` whether it is their sum.
    pub const fn group<const N: usize>(
        output: Inferred,
        operands: [Inferred; N],
        rising: u32,
        sum: bool,
    ) -> Inference {
        let mut offer = Inference::TILES;
        if sum {
            offer.scales = Scales::Sum;
        }
        let (grid, mut i) = (Grid::of(&output), 0);
        while i < N {
            // Of one position there are only columns: what is as large is more.
            let is_as_large = Grid::of(&operands[i]).is(&grid);
            if is_as_large && grid.is_alone() {
                (offer.pointwise, offer.columns) =
                    (offer.pointwise | 1 << i, offer.columns | 1 << i);
            } else {
                match Fetch::of(&output, &operands[i]) {
                    None => offer.gives = false,
                    Some(fetch) => {
                        offer.columns |= (fetch.is_of_columns() as u32) << i;
                        offer.pointwise |= (is_as_large as u32) << i;
                    }
                }
            }
            i += 1;
        }
        if !offer.gives {
            return Inference::OPAQUE;
        }
        (offer.takes, offer.in_place) = (offer.pointwise, offer.pointwise);
        offer.rising = rising & offer.pointwise;
        offer
    }

    /// Whether the output is an input as it is.
    pub const fn is_same(&self) -> bool {
        self.same.is_some()
    }

    /// Which input the output is, if it is one.
    pub const fn origin(&self) -> usize {
        match self.same {
            Some(i) => i,
            None => 0,
        }
    }

    /// The same, of a product with input 1, whose last axes are the columns of the output.
    pub const fn product(mut self, macs: usize) -> Inference {
        (self.macs, self.scales) = (macs, Scales::Input(1));
        self
    }

    /// The same with this many multiplications.
    pub const fn macs(mut self, macs: usize) -> Inference {
        self.macs = macs;
        self
    }
}

/// Whether bit `i` is set.
pub const fn has(set: u32, i: usize) -> bool {
    set & (1 << i) != 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::Dim;

    #[test]
    fn a_bias_is_of_columns_and_a_map_is_pointwise() {
        let map = Inferred::shape(&[Dim::of(4), Dim::of(5), Dim::of(3)]);
        let bias = Inferred::shape(&[Dim::of(3)]).unbatched();
        let offer = Inference::group(map, [map, bias], 0b11, true);
        assert!(offer.gives);
        assert_eq!((offer.takes, offer.pointwise, offer.rising, offer.columns), (1, 1, 1, 2));
        let row = Inferred::shape(&[Dim::of(3)]);
        let offer = Inference::group(row, [row, bias], 0b11, true);
        assert_eq!((offer.takes, offer.columns), (3, 3));
    }
}
