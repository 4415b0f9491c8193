//! A model without an input is a constant.
//! Mend: `input x: [64];`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        output y = zeros([3]);
    }
}

fn main() {}
