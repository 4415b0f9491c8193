//! A macro that prints in a layer.
//! Mend: a name in a model; `forward` gives its value.

use keras_core::prelude::*;

#[layer]
fn double(x: Tensor![n]) -> Tensor![n] {
    println!("{x}");
    2.0 * x
}

fn main() {}
