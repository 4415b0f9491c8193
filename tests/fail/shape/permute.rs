//! An order of two axes for a value of three.
//! Mend: `permute(x, [1, 0, 2])`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [2, 3, 4];
        output y = permute(x, [1, 0]);
    }
}

fn main() {}
