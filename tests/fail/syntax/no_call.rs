//! A layer without `call`.
//! Mend: `fn call(&self, x: Tensor![n]) -> Tensor![n] { … }`.

use keras_core::prelude::*;

pub struct Scale;

#[layer]
impl Scale {
    fn build(&self, x: Shape![n]) {
        self.scale = weight([n], Ones);
    }
}

fn main() {}
