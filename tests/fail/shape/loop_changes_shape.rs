//! A variable that grows with every turn of a loop.
//! Mend: a buffer, `zeros([4 * n])`, of which each turn writes a slice.

use keras_core::prelude::*;

#[layer]
fn grow(x: Tensor![n]) -> Tensor![n] {
    let mut y = x;
    for t in 0..3 {
        y = concat(y, x);
    }
    y
}

model! {
    pub struct Net {
        input x: [5];
        output y = grow(x);
    }
}

fn main() {}
