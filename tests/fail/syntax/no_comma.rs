//! Two sizes without a comma between them.
//! Mend: `Tensor![n, m]`.

use keras_core::prelude::*;

#[layer]
fn double(x: Tensor![n m]) -> Tensor![n, m] {
    2.0 * x
}

fn main() {}
