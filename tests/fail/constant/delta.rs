//! A bend of the Huber loss at 0: there is nothing in between.
//! Mend: `delta = 1.0`, or another loss.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        target size: [1];
        output y = Dense::new(1)(x);
        loss huber(size, y, delta = 0.0);
    }
}

fn main() {}
