//! A value where a layer is made: its size would change with every example.
//! Mend: `Dense::new(4)(x)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(x)(x);
    }
}

fn main() {}
