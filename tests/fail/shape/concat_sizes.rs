//! Two matrices of different widths are joined below each other.
//! Mend: `concat(a, b)`, beside each other, or equal widths.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input a: [8, 3];
        input b: [8, 4];
        output y = concat(a, b, axis = 0);
    }
}

fn main() {}
