//! A size larger than a machine can count.
//! Mend: a smaller size.

use keras_core::prelude::*;

#[layer]
fn wide(x: Tensor![n]) -> Tensor![n * usize::MAX] {
    broadcast_to(x, [n * usize::MAX])
}

model! {
    pub struct Net {
        input x: [10];
        output y = wide(x);
    }
}

fn main() {}
