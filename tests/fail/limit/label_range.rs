//! More classes than a number of 32 bits can count exactly.
//! Mend: at most 16777216.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input i: Label![20_000_000];
        output y = Dense::new(2)(one_hot(i, 20_000_000));
    }
}

fn main() {}
