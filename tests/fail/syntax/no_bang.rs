//! A tensor without `!`.
//! Mend: `Tensor![n]`.

use keras_core::prelude::*;

#[layer]
fn double(x: Tensor![n]) -> Tensor[n] {
    2.0 * x
}

fn main() {}
