//! A misspelt metric.
//! Mend: `sparse_categorical_accuracy(label, y)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [64];
        output y = Dense::new(10)(x);
        target label: Label;
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
        metric accuracy = sparse_categorical_acuracy(label, y);
    }
}

fn main() {}
