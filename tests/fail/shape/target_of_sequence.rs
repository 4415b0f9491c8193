//! A label for each step, but one prediction for all.
//! Mend: `target t: Label;`, or a prediction for each step.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(3)(x);
        target t: Index![3; 5];
        loss sparse_categorical_crossentropy(t, y, from_logits = true);
    }
}

fn main() {}
