//! Two names for a sum.
//! Mend: `let h = x + x;`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        let (a, b) = x + x;
        output y = a + b;
    }
}

fn main() {}
