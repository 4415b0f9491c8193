//! A misspelt option of a layer.
//! Mend: `.activation(Relu)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [64];
        output y = Dense::new(10).activaton(Relu)(x);
    }
}

fn main() {}
