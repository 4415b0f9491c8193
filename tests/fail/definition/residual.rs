//! A residual connection around a change of width.
//! Mend: project the input too: `dot(x, self.project) + h`.

use keras_core::prelude::*;

pub struct Residual {
    pub units: usize,
}

#[layer]
impl Residual {
    fn build(&self, _x: Shape![t, n]) {
        self.kernel = weight([n, self.units], GlorotUniform);
    }

    fn call(&self, x: Tensor![t, n]) -> Tensor![t, self.units] {
        let h = relu(dot(x, self.kernel));
        x + h
    }
}

fn main() {}
