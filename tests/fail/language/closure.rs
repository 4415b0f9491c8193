//! A closure in a layer.
//! Mend: a function under `#[layer]`.

use keras_core::prelude::*;

#[layer]
fn double(x: Tensor![n]) -> Tensor![n] {
    let twice = |v| v + v;
    twice(x)
}

fn main() {}
