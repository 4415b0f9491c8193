//! A probability above 1.
//! Mend: `p = 0.5`, between 0 and 1.

use keras_core::prelude::*;

#[layer]
fn noise(x: Tensor![n]) -> Tensor![n] {
    x * random_bernoulli([n], 1.5)
}

model! {
    pub struct Net {
        input x: [10];
        output y = noise(x);
    }
}

fn main() {}
