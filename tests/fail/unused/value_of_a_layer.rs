//! A value of a layer that nothing reads.
//! Mend: use it, drop it, or call it `_square`.

#![deny(unused_variables)]
use keras_core::prelude::*;

#[layer]
fn twice(x: Tensor![n]) -> Tensor![n] {
    let square = x * x;
    x + x
}

fn main() {}
