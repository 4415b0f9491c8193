//! A range whose end is below its begin.
//! Mend: `minval = 0.0, maxval = 1.0`.

use keras_core::prelude::*;

#[layer]
fn noise(x: Tensor![n]) -> Tensor![n] {
    x + random_uniform([n], minval = 1.0, maxval = 0.0)
}

model! {
    pub struct Net {
        input x: [10];
        output y = noise(x);
    }
}

fn main() {}
