//! A weight that does not say how it begins.
//! Mend: `weight([n], Ones)`.

use keras_core::prelude::*;

pub struct Scale;

#[layer]
impl Scale {
    fn build(&self, x: Shape![n]) {
        self.scale = weight([n]);
    }
    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        x * self.scale
    }
}

fn main() {}
