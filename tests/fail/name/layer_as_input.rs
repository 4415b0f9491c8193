//! A layer with the name of an input.
//! Mend: two names.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        layer x = Dense::new(2);
        output y = Dense::new(2)(x);
    }
}

fn main() {}
