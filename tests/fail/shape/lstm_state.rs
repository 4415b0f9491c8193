//! A state to begin with that is not as wide as the layer.
//! Mend: `input c: [8];`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [6, 3];
        input h: [8];
        input c: [4];
        output y = LSTM::new(8)(x, h, c);
    }
}

fn main() {}
