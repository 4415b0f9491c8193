//! A declared output with a size that no input names.
//! Mend: `Tensor![n]`.

use keras_core::prelude::*;

#[layer]
fn double(x: Tensor![n]) -> Tensor![m] {
    2.0 * x
}

fn main() {}
