//! A `return` in a layer.
//! Mend: the last expression, without `;`.

use keras_core::prelude::*;

#[layer]
fn double(x: Tensor![n]) -> Tensor![n] {
    return 2.0 * x;
}

fn main() {}
