//! One-hot rows for a loss that takes class numbers.
//! Mend: `categorical_crossentropy`, or `target t: Label;`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [64];
        output y = Dense::new(10)(x);
        target t: [10];
        loss sparse_categorical_crossentropy(t, y, from_logits = true);
    }
}

fn main() {}
