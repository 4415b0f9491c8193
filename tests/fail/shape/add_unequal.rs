//! The sum of two values of different widths.
//! Mend: give both the same number of units.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        let a = Dense::new(4)(x);
        let b = Dense::new(5)(x);
        output y = Dense::new(2)(a + b);
    }
}

fn main() {}
