//! A softmax in the layer, and one more in the loss.
//! Mend: drop `from_logits = true`, or the activation.

#![deny(deprecated)]

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [64];
        output y = Dense::new(10).activation(Softmax)(x);
        target label: Label;
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
    }
}

fn main() {}
