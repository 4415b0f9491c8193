//! A vector for a layer that takes sequences.
//! Mend: `input x: [8, 8];`, steps and features.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [64];
        output y = LSTM::new(8)(x);
    }
}

fn main() {}
