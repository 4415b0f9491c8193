//! A parameter that the body does not read.
//! Mend: use it, drop it, or call it `_by`.

#![deny(unused_variables)]
use keras_core::prelude::*;

#[layer]
fn shifted(x: Tensor![n], by: usize) -> Tensor![n] {
    x + 1.0
}

fn main() {}
