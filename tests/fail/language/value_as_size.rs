//! A value where a constant is expected.
//! Mend: a dim, `n`.

use keras_core::prelude::*;

#[layer]
fn wide(x: Tensor![n], k: Tensor![]) -> Tensor![n] {
    reshape(x, [k])
}

fn main() {}
