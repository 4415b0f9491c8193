#![deny(unused_variables)]
use keras_core::prelude::*;

#[layer]
fn twice(x: Tensor![n]) -> Tensor![n] {
    let square = x * x;
    x + x
}

fn main() {}
