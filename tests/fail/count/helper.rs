//! A helper method without one of its values.
//! Mend: `self.add(x, x)`.

use keras_core::prelude::*;

pub struct Head;

#[layer]
impl Head {
    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        self.add(x)
    }
    fn add(&self, a: Tensor![n], b: Tensor![n]) -> Tensor![n] {
        a + b
    }
}

fn main() {}
