//! A model without `struct`.
//! Mend: `pub struct Net { … }`.

use keras_core::prelude::*;

model! {
    Net {
        input x: [10];
        output y = Dense::new(2)(x);
    }
}

fn main() {}
