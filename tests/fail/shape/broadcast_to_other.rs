//! A value is repeated to a shape that is no multiple of it.
//! Mend: `broadcast_to(x, [2, 3])`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [3];
        output y = broadcast_to(x, [3, 2]);
    }
}

fn main() {}
