//! A matrix and a vector are joined.
//! Mend: reshape one of them.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input a: [3, 4];
        input b: [4];
        output y = concat(a, b);
    }
}

fn main() {}
