//! A misspelt word at the beginning of a line of a model.
//! Mend: `input x: [10];`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        dataset x: [10];
        input z: [10];
        output y = Dense::new(3)(z);
    }
}

fn main() {}
