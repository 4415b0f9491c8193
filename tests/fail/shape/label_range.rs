//! Labels of more classes than there are outputs.
//! Mend: `Dense::new(10)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(9)(x);
        target t: Label![10];
        loss sparse_categorical_crossentropy(t, y, from_logits = true);
    }
}

fn main() {}
