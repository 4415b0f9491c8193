//! A vector for a layer that reads a sequence.
//! Mend: `input x: [8, 8];`, steps and features.

use keras_core::prelude::*;

#[layer]
fn running_sum(x: Tensor![steps, n]) -> Tensor![n] {
    let mut y = zeros([n]);
    for t in 0..steps {
        y = y + x[t];
    }
    y
}

model! {
    pub struct Net {
        input x: [64];
        output y = running_sum(x);
    }
}

fn main() {}
