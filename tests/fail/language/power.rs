//! An operator that values do not have.
//! Mend: `square(x)`, `pow(x, 2.0)`.

use keras_core::prelude::*;

#[layer]
fn second(x: Tensor![n]) -> Tensor![n] {
    x ^ 2.0
}

fn main() {}
