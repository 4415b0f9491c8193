//! A body gives fewer values than are declared.
//! Mend: `(x, 2.0 * x)`.

use keras_core::prelude::*;

#[layer]
fn two(x: Tensor![n]) -> (Tensor![n], Tensor![n]) {
    2.0 * x
}

fn main() {}
