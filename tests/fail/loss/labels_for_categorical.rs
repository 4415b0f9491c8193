//! Class numbers for a loss that compares distributions.
//! Mend: `sparse_categorical_crossentropy`, or `one_hot(t, 10)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [64];
        output y = Dense::new(10)(x);
        target t: Label![10];
        loss categorical_crossentropy(t, y, from_logits = true);
    }
}

fn main() {}
