//! A class that the predictions do not have.
//! Mend: `class_id = 3`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = sigmoid(Dense::new(4)(x));
        target t: [4];
        loss binary_crossentropy(t, y);
        metric r = recall(t, y, class_id = 4);
    }
}

fn main() {}
