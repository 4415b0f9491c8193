//! `#[layer]` on an `impl` of a trait.
//! Mend: `#[layer] impl Gate { … }`.

use keras_core::prelude::*;

pub struct Gate;

#[layer]
impl Clone for Gate {
    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        2.0 * x
    }
}

fn main() {}
