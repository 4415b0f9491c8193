//! A class to be ignored that the predictions do not have.
//! Mend: `ignore_class = 3`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(4)(x);
        target t: Label![4];
        loss sparse_categorical_crossentropy(t, y, from_logits = true, ignore_class = 9);
    }
}

fn main() {}
