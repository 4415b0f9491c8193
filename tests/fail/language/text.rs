//! Text in a layer.
//! Mend: a number, or a constant of an enum.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = sum(x, "all");
    }
}

fn main() {}
