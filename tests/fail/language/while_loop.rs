//! A loop without a constant number of turns: its memory is not known before it runs.
//! Mend: `for t in 0..n { … }`.

use keras_core::prelude::*;

#[layer]
fn again(x: Tensor![n]) -> Tensor![n] {
    let mut y = x;
    while true {
        y = y + x;
    }
    y
}

model! {
    pub struct Net {
        input x: [10];
        output y = again(x);
    }
}

fn main() {}
