//! A value is assigned that is not mutable.
//! Mend: `let mut y = x;`.

use keras_core::prelude::*;

#[layer]
fn double(x: Tensor![n]) -> Tensor![n] {
    let y = x;
    y = 2.0 * x;
    y
}

fn main() {}
