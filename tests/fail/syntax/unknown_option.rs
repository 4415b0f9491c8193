//! An option that `#[layer]` does not have.
//! Mend: `#[layer(crate = "path")]`, or no option.

use keras_core::prelude::*;

#[layer(name = "double")]
fn double(x: Tensor![n]) -> Tensor![n] {
    2.0 * x
}

fn main() {}
