//! `#[layer]` on a trait.
//! Mend: `#[layer]` on an `impl` block or a function.

use keras_core::prelude::*;

#[layer]
pub trait Gate {
    fn call(&self, x: Tensor![n]) -> Tensor![n];
}

fn main() {}
