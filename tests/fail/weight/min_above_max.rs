//! A norm that is at least 2 and at most 1.
//! Mend: `min_value` below `max_value`.

use keras_core::prelude::*;

pub struct Scale;

#[layer]
impl Scale {
    fn build(&self, x: Shape![n]) {
        self.scale = weight([n], Ones, constraint = MinMaxNorm { min_value: 2.0, max_value: 1.0, rate: 1.0 });
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
