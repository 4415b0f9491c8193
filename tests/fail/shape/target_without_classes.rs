//! A categorical loss of one number.
//! Mend: `binary_crossentropy(t, y)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = sum(Dense::new(3)(x));
        target t: [];
        loss categorical_crossentropy(t, y);
    }
}

fn main() {}
