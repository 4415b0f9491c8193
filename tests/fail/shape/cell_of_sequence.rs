//! A sequence for a layer that takes one step.
//! Mend: `GRU::new(8)(x)`, or one step of the sequence, `x[0]`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [6, 3];
        input h: [8];
        output y = GRUCell::new(8)(x, h);
    }
}

fn main() {}
