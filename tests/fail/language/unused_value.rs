//! A line whose value nobody takes.
//! Mend: `let h = relu(x);`.

use keras_core::prelude::*;

#[layer]
fn positive(x: Tensor![n]) -> Tensor![n] {
    relu(x);
    2.0 * x
}

fn main() {}
