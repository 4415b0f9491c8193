//! Two inputs are added, but are declared of two sizes.
//! Mend: `y: Tensor![n]`.

use keras_core::prelude::*;

#[layer]
fn joined(x: Tensor![n], y: Tensor![m]) -> Tensor![n] {
    relu(x + y)
}

fn main() {}
