//! A value is changed in place.
//! Mend: `y = y + x;`.

use keras_core::prelude::*;

#[layer]
fn double(x: Tensor![n]) -> Tensor![n] {
    let mut y = x;
    y += x;
    y
}

fn main() {}
