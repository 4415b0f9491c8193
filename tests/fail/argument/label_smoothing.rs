//! More than all of a target is shared among the classes.
//! Mend: `label_smoothing = 0.1`, between 0 and 1.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(4)(x);
        target t: [4];
        loss categorical_crossentropy(t, y, from_logits = true, label_smoothing = 2.0);
    }
}

fn main() {}
