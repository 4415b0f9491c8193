//! A score of precision alone, and less.
//! Mend: `beta = 1.0`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = sigmoid(Dense::new(4)(x));
        target t: [4];
        loss binary_crossentropy(t, y);
        metric f = fbeta_score(t, y, beta = 0.0);
    }
}

fn main() {}
