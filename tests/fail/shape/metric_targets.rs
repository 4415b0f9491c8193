//! Class numbers for a metric of yes and no.
//! Mend: `auc(one_hot(t, 4), y)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(4)(x);
        target t: Label;
        loss sparse_categorical_crossentropy(t, y, from_logits = true);
        metric area = auc(t, y);
    }
}

fn main() {}
