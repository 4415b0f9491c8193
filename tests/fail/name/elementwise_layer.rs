//! A layer with the name of an elementwise function.
//! Mend: another name, `my_tanh`.

use keras_core::prelude::*;

#[layer]
fn tanh(x: Tensor![n]) -> Tensor![n] {
    x / (1.0 + abs(x))
}

fn main() {}
