//! A curve of one point.
//! Mend: `num_thresholds = 200`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = sigmoid(Dense::new(1)(x));
        target t: [1];
        loss binary_crossentropy(t, y);
        metric area = auc(t, y, num_thresholds = 1);
    }
}

fn main() {}
