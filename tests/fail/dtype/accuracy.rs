//! A metric of class numbers is given scores.
//! Mend: `sparse_categorical_accuracy(t, y)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(3)(x);
        target t: Label![3];
        loss sparse_categorical_crossentropy(t, y, from_logits = true);
        metric acc = accuracy(t, y);
    }
}

fn main() {}
