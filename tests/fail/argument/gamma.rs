//! A focal loss that turns away from what is hard.
//! Mend: `gamma = 2.0`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(4)(x);
        target t: [4];
        loss binary_focal_crossentropy(t, y, from_logits = true, gamma = -1.0);
    }
}

fn main() {}
