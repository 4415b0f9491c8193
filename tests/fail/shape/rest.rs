//! Two inputs of a layer that must agree in all axes but one.
//! Mend: equal axes in front.

use keras_core::prelude::*;

#[layer]
fn pairs(a: Tensor![..s, n], b: Tensor![..s, m]) -> Tensor![..s, n + m] {
    concat(a, b)
}

model! {
    pub struct Net {
        input a: [3, 6];
        input b: [4, 6];
        output y = pairs(a, b);
    }
}

fn main() {}
