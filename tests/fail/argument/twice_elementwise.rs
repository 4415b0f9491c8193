//! An option of an elementwise function that is given twice.
//! Mend: one of them.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = elu(x, alpha = 1.0, alpha = 2.0);
    }
}

fn main() {}
