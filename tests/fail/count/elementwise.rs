//! An elementwise function of two values is given one.
//! Mend: `maximum(x, 0.0)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = maximum(x);
    }
}

fn main() {}
