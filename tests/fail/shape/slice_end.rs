//! A slice that ends behind the value.
//! Mend: `x[..10]`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(2)(x[..12]);
    }
}

fn main() {}
