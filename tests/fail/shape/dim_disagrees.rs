//! Two inputs of a layer that must agree in a size.
//! Mend: equal sizes.

use keras_core::prelude::*;

#[layer]
fn distance(a: Tensor![n], b: Tensor![n]) -> Tensor![] {
    sum(square(a - b))
}

model! {
    pub struct Net {
        input a: [6];
        input b: [8];
        output y = distance(a, b);
    }
}

fn main() {}
