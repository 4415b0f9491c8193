//! A number of units that is not whole.
//! Mend: `Dense::new(4)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(4.5)(x);
    }
}

fn main() {}
