//! A method without `self` in a layer.
//! Mend: `fn call(&self, x: Tensor![n])`.

use keras_core::prelude::*;

pub struct Scale;

#[layer]
impl Scale {
    fn call(x: Tensor![n]) -> Tensor![n] {
        2.0 * x
    }
}

fn main() {}
