//! A variable that never changes.
//! Mend: `let y = x;`.

#![deny(unused_mut)]
use keras_core::prelude::*;

#[layer]
fn halved(x: Tensor![n]) -> Tensor![n] {
    let mut y = x;
    0.5 * y
}

fn main() {}
