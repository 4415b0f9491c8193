use keras_core::prelude::*;

#[layer]
fn twice<L: Layer>(x: Tensor![..s]) -> Tensor![..s] {
    x + x
}

fn main() {}
