//! A penalty that rewards large weights.
//! Mend: `L2(0.1)`.

use keras_core::prelude::*;

pub struct Scale;

#[layer]
impl Scale {
    fn build(&self, x: Shape![n]) {
        self.scale = weight([n], Ones, regularizer = L2(-0.1));
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
