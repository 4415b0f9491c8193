//! A loss of inputs alone: nothing is trained by it.
//! Mend: a loss of an output.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(10)(x);
        target t: [10];
        loss mean_squared_error(t, x);
    }
}

fn main() {}
