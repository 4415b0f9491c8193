//! Another shape with another number of elements.
//! Mend: `Reshape::new([8, 8])`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [64];
        output y = Reshape::new([8, 9])(x);
    }
}

fn main() {}
