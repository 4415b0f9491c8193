//! A layer called in a layer is a site of its own, with weights of its own.
use keras_core::prelude::*;

#[layer]
pub fn bottleneck(x: Tensor![n]) -> Tensor![n] {
    x + Dense::new(n)(relu(Dense::new(n / 2)(x)))
}

fn main() {}
