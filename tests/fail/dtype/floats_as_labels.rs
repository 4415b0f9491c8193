//! Numbers with decimals where class numbers belong.
//! Mend: `target t: Label;`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(3)(x);
        target t: [];
        loss sparse_categorical_crossentropy(t, y, from_logits = true);
    }
}

fn main() {}
