//! An `if` that gives a value on one side only.
//! Mend: `else { x }`.

use keras_core::prelude::*;

#[layer]
fn noisy(x: Tensor![n]) -> Tensor![n] {
    let y = if training { 2.0 * x };
    y
}

fn main() {}
