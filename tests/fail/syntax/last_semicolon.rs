//! The last line of a model without `;`.
//! Mend: `output y = Dense::new(2)(x);`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(2)(x)
    }
}

fn main() {}
