//! A softmax along an axis that the value does not have.
//! Mend: `axis = -1`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = softmax(x, axis = 1);
    }
}

fn main() {}
