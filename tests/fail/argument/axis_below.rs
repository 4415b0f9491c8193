//! An axis before the first.
//! Mend: `axis = -2`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10, 4];
        output y = mean(x, axis = -3);
    }
}

fn main() {}
