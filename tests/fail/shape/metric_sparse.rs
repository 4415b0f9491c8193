//! A metric of labels is given one-hot rows.
//! Mend: `categorical_accuracy(t, y)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(3)(x);
        target t: [3];
        loss categorical_crossentropy(t, y, from_logits = true);
        metric acc = sparse_categorical_accuracy(t, y);
    }
}

fn main() {}
