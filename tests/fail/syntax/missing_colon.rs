//! An input without `:` before its sizes.
//! Mend: `input x: [10];`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x [10];
        output y = Dense::new(2)(x);
    }
}

fn main() {}
