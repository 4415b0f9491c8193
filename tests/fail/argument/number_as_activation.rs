//! A number where an activation belongs.
//! Mend: `.activation(Relu)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(4).activation(3)(x);
    }
}

fn main() {}
