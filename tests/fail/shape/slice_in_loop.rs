//! A loop that counts further than the axis that it reads.
//! Mend: `for t in 0..steps`.

use keras_core::prelude::*;

#[layer]
fn total(x: Tensor![steps, n]) -> Tensor![n] {
    let mut y = zeros([n]);
    for t in 0..steps {
        y = y + x[t + 1];
    }
    y
}

model! {
    pub struct Net {
        input x: [5, 3];
        output y = total(x);
    }
}

fn main() {}
