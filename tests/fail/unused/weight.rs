//! A weight that is made and never read: it is stored and saved, and never trained.
//! Mend: read it in `call`, or drop it.

#![deny(dead_code)]
use keras_core::prelude::*;

pub struct Scale;

#[layer]
impl Scale {
    fn build(&self, x: Shape![n]) {
        self.scale = weight([n], Ones);
        self.offset = weight([n], Zeros);
    }

    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        x * self.scale
    }
}

fn main() {}
