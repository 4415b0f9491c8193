//! A layer that does not declare its output.
//! Mend: `fn double(x: Tensor![n]) -> Tensor![n]`.

use keras_core::prelude::*;

#[layer]
fn double(x: Tensor![n]) {
    2.0 * x
}

fn main() {}
