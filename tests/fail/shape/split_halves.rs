//! The second part of a split goes to a layer that takes another width.
//! Mend: `triple(a)`.

use keras_core::prelude::*;

#[layer]
fn triple(x: Tensor![3]) -> Tensor![3] {
    3.0 * x
}

#[layer]
fn five(x: Tensor![5]) -> Tensor![5] {
    5.0 * x
}

#[layer]
fn halves(x: Tensor![n]) -> (Tensor![3], Tensor![n - 3]) {
    (x[..3], x[3..])
}

model! {
    pub struct Net {
        input x: [8];
        let (a, b) = halves(x);
        output y = concat(five(b), triple(b));
    }
}

fn main() {}
