//! A misspelt option of a weight.
//! Mend: `trainable = false`.

use keras_core::prelude::*;

pub struct Scale;

#[layer]
impl Scale {
    fn build(&self, x: Shape![n]) {
        self.scale = weight([n], Ones, trainble = false);
    }
    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        x * self.scale
    }
}

fn main() {}
