//! A layer with two outputs.
use keras_core::prelude::*;

#[layer]
pub fn split_vector(x: Tensor![n]) -> (Tensor![n / 2], Tensor![n - n / 2]) {
    (x[..n / 2], x[n / 2..])
}

fn main() {}
