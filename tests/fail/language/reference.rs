//! A value is borrowed.
//! Mend: `softmax(x)`.

use keras_core::prelude::*;

#[layer]
fn weights(x: Tensor![n]) -> Tensor![n] {
    softmax(&x)
}

fn main() {}
