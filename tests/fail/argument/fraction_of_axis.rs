//! An axis that is not whole.
//! Mend: `axis = 0`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = concat(x, x, axis = 0.5);
    }
}

fn main() {}
