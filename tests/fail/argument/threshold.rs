//! A threshold that no probability reaches.
//! Mend: `thresholds = 0.5`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = sigmoid(Dense::new(4)(x));
        target t: [4];
        loss binary_crossentropy(t, y);
        metric p = precision(t, y, thresholds = 1.5);
    }
}

fn main() {}
