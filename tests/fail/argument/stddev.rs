//! A spread below zero.
//! Mend: `stddev = 0.1`.

use keras_core::prelude::*;

#[layer]
fn noise(x: Tensor![n]) -> Tensor![n] {
    x + random_normal([n], stddev = -1.0)
}

model! {
    pub struct Net {
        input x: [10];
        output y = noise(x);
    }
}

fn main() {}
