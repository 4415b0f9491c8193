//! A misspelt op or function layer in a layer.
//! Mend: the name of one in scope.

use keras_core::prelude::*;

#[layer]
fn twice(x: Tensor![..s]) -> Tensor![..s] {
    doubel(x)
}

model! {
    pub struct Net {
        input x: [10];
        output y = twice(x);
    }
}

fn main() {}
