//! A layer that gives a constant.
//! Mend: `full([], 3.0)`.

use keras_core::prelude::*;

#[layer]
fn three(x: Tensor![n]) -> Tensor![] {
    3.0
}

fn main() {}
