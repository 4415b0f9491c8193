//! Three names for the two parts of a split: the third has no value.
//! Mend: `let (a, b) = split(x, 2);`, or `split(x, 3)` where the size divides.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        let (a, b, c) = split(x, 2);
        output y = concat(a, b, c);
    }
}

fn main() {}
