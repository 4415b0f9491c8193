//! A layer of one input is given two: how they are joined is not said.
//! Mend: `Dense::new(3)(concat(a, b))`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input a: [10];
        input b: [10];
        output y = Dense::new(3)(a, b);
    }
}

fn main() {}
