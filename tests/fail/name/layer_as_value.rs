//! A layer is used as a value.
//! Mend: `2.0 * head(x)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        layer head = Dense::new(4);
        output y = 2.0 * head;
    }
}

fn main() {}
