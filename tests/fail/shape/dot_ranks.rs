//! A product of a vector and a value of three axes.
//! Mend: `input w: [10, 4];`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        input w: [10, 4, 2];
        output y = dot(x, w);
    }
}

fn main() {}
