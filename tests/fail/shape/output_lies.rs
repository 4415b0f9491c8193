//! One of two outputs is declared with another size than it has; Keras believes it.
//! Mend: `(Tensor![n / 2], Tensor![n - n / 2])`.

use keras_core::prelude::*;

#[layer]
fn split_vector(x: Tensor![n]) -> (Tensor![n / 2], Tensor![n / 2]) {
    (x[..n / 2], x[n / 2..])
}

model! {
    pub struct Net {
        input x: [7];
        let (a, b) = split_vector(x);
        output y = concat(a, Dense::new(4)(b));
    }
}

fn main() {}
