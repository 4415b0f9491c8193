//! A layer with one weight.
use keras_core::prelude::*;

pub struct MyLayer {
    pub output_dim: usize,
}

#[layer]
impl MyLayer {
    fn build(&self, x: Shape![n]) {
        self.kernel = weight([n, self.output_dim], Uniform);
    }

    fn call(&self, x: Tensor![n]) -> Tensor![self.output_dim] {
        dot(x, self.kernel)
    }
}

fn main() {}
