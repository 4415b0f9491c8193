//! A target that no loss and no metric reads.
//! Mend: `loss mean_squared_error(t, y);`.

#![deny(unused_variables)]
use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [4];
        target t: [2];
        output y = Dense::new(2)(x);
    }
}

fn main() {}
