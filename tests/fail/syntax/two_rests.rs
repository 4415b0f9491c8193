//! A declaration with two `..`: where one ends and the other begins is not known.
//! Mend: one `..`, and names for the other axes.

use keras_core::prelude::*;

#[layer]
fn double(x: Tensor![..a, n, ..b]) -> Tensor![n] {
    2.0 * x
}

fn main() {}
