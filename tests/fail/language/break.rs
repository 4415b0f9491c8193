//! A loop that ends early.
//! Mend: a shorter loop.

use keras_core::prelude::*;

#[layer]
fn double(x: Tensor![n]) -> Tensor![n] {
    let mut y = x;
    for t in 0..n {
        y = y + x;
        break;
    }
    y
}

fn main() {}
