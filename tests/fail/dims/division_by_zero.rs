//! A size is divided by zero.
//! Mend: divide by a size that is not zero for these inputs.

use keras_core::prelude::*;

#[layer]
fn parts(_x: Tensor![n, m]) -> Tensor![n / (m - m)] {
    zeros([n / (m - m)])
}

model! {
    pub struct Net {
        input x: [10, 2];
        output y = parts(x);
    }
}

fn main() {}
