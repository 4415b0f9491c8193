//! A split in two as one output.
//! Mend: `let (a, b) = split(x, 2);`, and an output for each.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = split(x, 2);
    }
}

fn main() {}
