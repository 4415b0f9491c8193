//! Rows of a vector cannot be orthogonal: it has none.
//! Mend: a weight of two axes, or another regularizer.

use keras_core::prelude::*;

pub struct Scale;

#[layer]
impl Scale {
    fn build(&self, x: Shape![n]) {
        self.scale = weight([n], Ones, regularizer = OrthogonalRegularizer);
    }

    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        x * self.scale
    }
}

model! {
    pub struct Net {
        input x: [10];
        output y = Scale(x);
    }
}

fn main() {}
