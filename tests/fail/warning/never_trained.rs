//! An output that no loss depends on: its weights keep their first values.
//! Mend: a loss of it, or no such output.

#![deny(deprecated)]

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [64];
        let h = Dense::new(32)(x);
        output kind = Dense::new(10)(h);
        output size = Dense::new(1)(h);
        target label: Label;
        loss sparse_categorical_crossentropy(label, kind, from_logits = true);
    }
}

fn main() {}
