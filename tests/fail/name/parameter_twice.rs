//! Two parameters of one name.
//! Mend: two names.

use keras_core::prelude::*;

#[layer]
fn add(x: Tensor![n], x: Tensor![n]) -> Tensor![n] {
    x + x
}

fn main() {}
