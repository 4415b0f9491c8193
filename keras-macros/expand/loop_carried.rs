//! A loop runs backwards over the values it kept.
use keras_core::prelude::*;

#[layer]
pub fn powers(x: Tensor![n]) -> Tensor![n] {
    let mut y = x;
    for _step in 0..3 {
        y = x * y;
    }
    y
}

fn main() {}
