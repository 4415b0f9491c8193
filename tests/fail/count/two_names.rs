//! Two names for one value.
//! Mend: `let h = …;`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        let (a, b) = Dense::new(4)(x);
        output y = a + b;
    }
}

fn main() {}
