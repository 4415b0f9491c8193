//! An elementwise function without a constant that it needs.
//! Mend: `clip(x, 0.0, 1.0)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = clip(x, 0.0);
    }
}

fn main() {}
