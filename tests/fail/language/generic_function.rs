//! A function layer with a generic parameter: it is one type.
//! Mend: a struct with a field that is a layer.

use keras_core::prelude::*;

#[layer]
fn twice<L: Layer>(x: Tensor![..s]) -> Tensor![..s] {
    x + x
}

fn main() {}
