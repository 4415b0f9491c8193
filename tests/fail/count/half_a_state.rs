//! Half of a state is given: the cell of an LSTM is missing.
//! Mend: `LSTM::new(8)(x, h, c)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [6, 3];
        input h: [8];
        output y = LSTM::new(8)(x, h);
    }
}

fn main() {}
