//! Logits where probabilities are expected: logarithms of what may be negative.
//! Mend: `from_logits = true`, or `.activation(Softmax)`.

#![deny(deprecated)]

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [64];
        output y = Dense::new(10)(x);
        target label: Label;
        loss sparse_categorical_crossentropy(label, y);
    }
}

fn main() {}
