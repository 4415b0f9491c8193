//! A declared output that is right only where a parameter happens to be equal to an input.
//! Mend: `-> Tensor![n + width]`.

use keras_core::prelude::*;

#[layer]
fn padded(x: Tensor![n], width: usize) -> Tensor![2 * n] {
    concat(x, zeros([width]))
}

fn main() {}
