//! A misspelt initializer.
//! Mend: `GlorotUniform`.

use keras_core::prelude::*;

pub struct Scale;

#[layer]
impl Scale {
    fn build(&self, x: Shape![n]) {
        self.scale = weight([n, n], GlorotUnifrm);
    }
    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        dot(x, self.scale)
    }
}

fn main() {}
