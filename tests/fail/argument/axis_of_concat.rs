//! A concat along an axis that the values do not have.
//! Mend: `axis = 0`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = concat(x, x, axis = 1);
    }
}

fn main() {}
