//! One number has no axis of features.
//! Mend: `input x: [1];`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [];
        output y = BatchNormalization::new()(x);
    }
}

fn main() {}
