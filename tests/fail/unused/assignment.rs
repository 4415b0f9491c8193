//! A value that is assigned over before anybody reads it.
//! Mend: drop the assignment.

#![deny(unused_assignments)]
use keras_core::prelude::*;

#[layer]
fn steps(x: Tensor![n]) -> Tensor![n] {
    let mut y = x;
    let z = exp(y);
    y = x + z;
    y = x * z;
    y
}

fn main() {}
