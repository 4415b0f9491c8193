//! A mistake in a layer that another layer calls: both are named, and the line of the innermost.
//! Mend: the line in `inner`.

use keras_core::prelude::*;

#[layer]
fn inner(x: Tensor![n]) -> Tensor![n] {
    x + x[..n / 2]
}

#[layer]
fn middle(x: Tensor![n]) -> Tensor![n] {
    inner(2.0 * x)
}

model! {
    pub struct Net {
        input x: [10];
        output y = middle(x);
    }
}

fn main() {}
