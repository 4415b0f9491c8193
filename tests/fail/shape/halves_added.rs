//! The halves of a vector of odd length are added.
//! Mend: an even length, or two Dense layers of equal units.

use keras_core::prelude::*;

#[layer]
fn split_vector(x: Tensor![n]) -> (Tensor![n / 2], Tensor![n - n / 2]) {
    (x[..n / 2], x[n / 2..])
}

model! {
    pub struct Net {
        input x: [7];
        let (a, b) = split_vector(x);
        output y = a + b;
    }
}

fn main() {}
