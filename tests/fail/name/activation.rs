//! A misspelt activation.
//! Mend: `.activation(Relu)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [64];
        output y = Dense::new(10).activation(Rleu)(x);
    }
}

fn main() {}
