//! Two values of different lengths are stacked.
//! Mend: equal lengths.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input a: [6];
        input b: [3];
        output y = stack(a, b);
    }
}

fn main() {}
