//! An argmax along an axis that the value does not have.
//! Mend: `axis = 0`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = one_hot(argmax(x, axis = 1), 10);
    }
}

fn main() {}
