//! A target of four numbers for three outputs.
//! Mend: `target t: [3];`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(3)(x);
        target t: [4];
        loss mean_squared_error(t, y);
    }
}

fn main() {}
