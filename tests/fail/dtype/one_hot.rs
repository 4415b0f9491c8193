//! Numbers with decimals where a one-hot row is made of a class number.
//! Mend: `input i: Label![4];`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input i: [2];
        output y = one_hot(i, 4);
    }
}

fn main() {}
