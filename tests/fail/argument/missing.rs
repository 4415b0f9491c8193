//! A layer without the number that it needs.
//! Mend: `Dense::new(4)(x)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new()(x);
    }
}

fn main() {}
