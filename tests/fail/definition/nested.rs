//! Two inputs go to a layer that takes them of one size, but are declared of two.
//! Mend: `gate: Tensor![n]`.

use keras_core::prelude::*;

#[layer]
fn product(x: Tensor![a], y: Tensor![a]) -> Tensor![a] {
    x * y
}

#[layer]
fn gated(x: Tensor![n], gate: Tensor![m]) -> Tensor![n] {
    product(x, sigmoid(gate))
}

fn main() {}
