//! A constant among the functions of a layer.
//! Mend: an `impl Scale` of its own, without `#[layer]`.

use keras_core::prelude::*;

pub struct Scale;

#[layer]
impl Scale {
    const FACTOR: f64 = 2.0;
    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        2.0 * x
    }
}

fn main() {}
