//! A kernel that is stored transposed: it fits only a square layer.
//! Mend: `weight([n, self.units], GlorotUniform)`.

use keras_core::prelude::*;

pub struct Linear {
    pub units: usize,
}

#[layer]
impl Linear {
    fn build(&self, _x: Shape![.., n]) {
        self.kernel = weight([self.units, n], GlorotUniform);
    }

    fn call(&self, x: Tensor![..s, n]) -> Tensor![..s, self.units] {
        dot(x, self.kernel)
    }
}

fn main() {}
