//! A reshape to another number of elements.
//! Mend: `reshape(x, [8, 8])`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [64];
        output y = reshape(x, [8, 9]);
    }
}

fn main() {}
