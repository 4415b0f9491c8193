//! A layer declares another output than it gives.
//! Mend: `-> Tensor![n]`, or halve the value.

use keras_core::prelude::*;

#[layer]
fn halve(x: Tensor![n]) -> Tensor![n / 2] {
    2.0 * x
}

model! {
    pub struct Net {
        input x: [10];
        output y = halve(x);
    }
}

fn main() {}
