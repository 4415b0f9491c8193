use keras_core::prelude::*;

#[layer]
fn joined(x: Tensor![n], y: Tensor![m]) -> Tensor![n] {
    relu(x + y)
}

fn main() {}
