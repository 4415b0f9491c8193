//! A value that no line of the model makes.
//! Mend: make it before: `let features = …;`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(4)(features);
    }
}

fn main() {}
