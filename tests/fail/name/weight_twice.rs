//! A weight that is made twice.
//! Mend: two names.

use keras_core::prelude::*;

pub struct Scale;

#[layer]
impl Scale {
    fn build(&self, x: Shape![n]) {
        self.scale = weight([n], Ones);
        self.scale = weight([n], Zeros);
    }
    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        x * self.scale
    }
}

fn main() {}
