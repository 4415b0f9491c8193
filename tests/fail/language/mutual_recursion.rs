//! Two layers that call each other.
//! Mend: a `for` loop in one of them.

use keras_core::prelude::*;

#[layer]
fn ping(x: Tensor![n]) -> Tensor![n] {
    pong(x)
}

#[layer]
fn pong(x: Tensor![n]) -> Tensor![n] {
    ping(x)
}

model! {
    pub struct Net {
        input x: [10];
        output y = ping(x);
    }
}

fn main() {}
