//! A model without an output gives nothing.
//! Mend: `output y = h;`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        let h = Dense::new(2)(x);
        target t: [2];
        loss mean_squared_error(t, h);
    }
}

fn main() {}
