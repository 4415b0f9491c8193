//! An axis that the value does not have.
//! Mend: `axis = 1`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10, 4];
        output y = sum(x, axis = 7);
    }
}

fn main() {}
