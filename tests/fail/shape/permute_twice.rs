//! An order that names an axis twice.
//! Mend: `permute(x, [1, 0])`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [2, 3];
        output y = permute(x, [0, 0]);
    }
}

fn main() {}
