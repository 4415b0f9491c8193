//! An output without `=` before its expression.
//! Mend: `output y = Dense::new(2)(x);`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y Dense::new(2)(x);
    }
}

fn main() {}
