//! A layer that declares class numbers below 4 is given some below 10.
//! Mend: `Index![10; n]` in the layer.

use keras_core::prelude::*;

#[layer]
fn pick(i: Index![4; n]) -> Tensor![n, 4] {
    one_hot(i, 4)
}

model! {
    pub struct Net {
        input x: Index![10; 3];
        output y = pick(x);
    }
}

fn main() {}
