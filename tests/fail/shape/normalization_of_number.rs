//! One number has no axis to be normalized along.
//! Mend: `input x: [1];`, or a vector.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [];
        output y = LayerNormalization::new()(x);
    }
}

fn main() {}
