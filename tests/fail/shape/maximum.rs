//! The larger of two values of different lengths.
//! Mend: equal lengths.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input a: [6];
        input b: [3];
        output y = maximum(a, b);
    }
}

fn main() {}
