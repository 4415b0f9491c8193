//! A target of one number against ten outputs: elsewhere it is repeated without a word.
//! Mend: `target t: [10];`, or `Dense::new(1)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [64];
        output y = Dense::new(10)(x);
        target t: [1];
        loss mean_squared_error(t, y);
    }
}

fn main() {}
