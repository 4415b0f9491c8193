//! The second output of a layer is declared with the sizes of the first.
//! Mend: `(Tensor![n], Tensor![])`.

use keras_core::prelude::*;

#[layer]
fn with_mean(x: Tensor![n]) -> (Tensor![n], Tensor![n]) {
    (x, mean(x))
}

model! {
    pub struct Net {
        input x: [6];
        let (a, b) = with_mean(x);
        output y = a + b;
    }
}

fn main() {}
