//! A misspelt layer.
//! Mend: `Dense::new(4)(x)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dens::new(4)(x);
    }
}

fn main() {}
