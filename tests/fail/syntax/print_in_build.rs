//! Something else than weights and layers in `build`.
//! Mend: leave it out; `summary` shows what `build` makes.

use keras_core::prelude::*;

pub struct Scale;

#[layer]
impl Scale {
    fn build(&self, x: Shape![n]) {
        println!("{n}");
        self.scale = weight([n], Ones);
    }
    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        x * self.scale
    }
}

fn main() {}
