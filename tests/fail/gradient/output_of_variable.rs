//! An output that is computed from a variable: `predict` has inputs alone.
//! Mend: a constant, or the variable in a loss.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        variable rate = 0.5;
        output y = rate * Dense::new(2)(x);
    }
}

fn main() {}
