//! The remainder of values, which has no gradient.
//! Mend: `x - 2.0 * floor(x / 2.0)`.

use keras_core::prelude::*;

#[layer]
fn parity(x: Tensor![n]) -> Tensor![n] {
    x % 2.0
}

fn main() {}
