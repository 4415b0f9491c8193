//! An output that is computed from a target: `predict` has no targets.
//! Mend: an input, or a loss of the target.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        target t: [2];
        let h = Dense::new(2)(x);
        output y = h + t;
    }
}

fn main() {}
