//! A loop without an end.
//! Mend: `for t in 0..n`.

use keras_core::prelude::*;

#[layer]
fn double(x: Tensor![n]) -> Tensor![n] {
    let mut y = x;
    for t in 0.. {
        y = y + x;
    }
    y
}

fn main() {}
