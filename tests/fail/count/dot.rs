//! A product with one operand.
//! Mend: `dot(x, w)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = dot(x);
    }
}

fn main() {}
