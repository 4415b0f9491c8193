//! A state of an LSTM is expected of a GRU.
//! Mend: `let (y, h) = …;`: a GRU has one state.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [6, 3];
        let (y, h, c) = GRU::new(8).return_state(true)(x);
        output z = y + h + c;
    }
}

fn main() {}
