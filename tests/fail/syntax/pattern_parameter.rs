//! A pattern where a parameter has a name.
//! Mend: `x: Tensor![n], y: Tensor![n]`.

use keras_core::prelude::*;

#[layer]
fn add((x, y): Tensor![n]) -> Tensor![n] {
    x + y
}

fn main() {}
