//! An op without the constant that it needs.
//! Mend: `one_hot(i, 10)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input i: Label![10];
        output y = one_hot(i);
    }
}

fn main() {}
