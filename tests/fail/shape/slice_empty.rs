//! A slice of nothing.
//! Mend: an end above the begin.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(2)(x[5..5]);
    }
}

fn main() {}
