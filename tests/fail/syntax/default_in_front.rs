//! An input that may be left out stands before one that may not.
//! Mend: the other way round.

use keras_core::prelude::*;

#[layer]
fn scaled(#[default(ones([n]))] scale: Tensor![n], x: Tensor![n]) -> Tensor![n] {
    scale * x
}

fn main() {}
