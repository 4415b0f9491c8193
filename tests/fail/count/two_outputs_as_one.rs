//! One name for a layer with two outputs: a value is one tensor.
//! Mend: `let (a, b) = split_vector(x);`.

use keras_core::prelude::*;

#[layer]
fn split_vector(x: Tensor![n]) -> (Tensor![n / 2], Tensor![n - n / 2]) {
    (x[..n / 2], x[n / 2..])
}

model! {
    pub struct Net {
        input x: [64];
        let h = split_vector(x);
        output y = Dense::new(10)(h);
    }
}

fn main() {}
