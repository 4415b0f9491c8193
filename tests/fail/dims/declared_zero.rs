//! A constant size that comes to zero: there is nothing to read.
//! Mend: make the constant larger, or subtract less.

use keras_core::prelude::*;

const WIDTH: usize = 4;

model! {
    pub struct Net {
        input x: [WIDTH - 4];
        output y = Dense::new(3)(x);
    }
}

fn main() {}
