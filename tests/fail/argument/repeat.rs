//! A value repeated zero times.
//! Mend: `repeat(x, 2)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = repeat(x, 0);
    }
}

fn main() {}
