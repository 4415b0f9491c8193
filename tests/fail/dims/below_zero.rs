//! A slice of a size that falls below zero.
//! Mend: give an input of more than 12, or cut less.

use keras_core::prelude::*;

#[layer]
fn shorter(x: Tensor![n]) -> Tensor![n - 12] {
    x[..n - 12]
}

model! {
    pub struct Net {
        input x: [10];
        output y = shorter(x);
    }
}

fn main() {}
