//! A macro that is no kind of value in a declaration.
//! Mend: `Tensor![n, m]`.

use keras_core::prelude::*;

#[layer]
fn double(x: Matrix![n, m]) -> Tensor![n, m] {
    2.0 * x
}

fn main() {}
