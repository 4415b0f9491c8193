//! More of the best classes than there are classes: the metric is always 1.
//! Mend: `k = 2`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(4)(x);
        target t: Label;
        loss sparse_categorical_crossentropy(t, y, from_logits = true);
        metric top = sparse_top_k_categorical_accuracy(t, y, k = 5);
    }
}

fn main() {}
