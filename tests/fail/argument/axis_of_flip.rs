//! A flip of an axis that the value does not have.
//! Mend: `axis = 0`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = flip(x, axis = 2);
    }
}

fn main() {}
