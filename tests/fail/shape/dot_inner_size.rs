//! The inner sizes of a product differ: the sum has not as many terms on both sides.
//! Mend: `input w: [10, 4];`.

use keras_core::prelude::*;

#[layer]
fn product(x: Tensor![n], w: Tensor![m, k]) -> Tensor![k] {
    dot(x, w)
}

model! {
    pub struct Net {
        input x: [10];
        input w: [12, 4];
        output y = product(x, w);
    }
}

fn main() {}
