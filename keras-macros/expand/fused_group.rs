//! A chain of elementwise functions is one loop forward and one backward.
use keras_core::prelude::*;

#[layer]
pub fn gated(a: Tensor![..s], b: Tensor![..s]) -> Tensor![..s] {
    let gate = sigmoid(a);
    gate * tanh(b) + (1.0 - gate)
}

fn main() {}
