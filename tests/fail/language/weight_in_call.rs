//! A weight made in `call`: it would be a new one at every step.
//! Mend: make it in `build`.

use keras_core::prelude::*;

pub struct Linear {
    pub units: usize,
}

#[layer]
impl Linear {
    fn call(&self, x: Tensor![n]) -> Tensor![self.units] {
        self.kernel = weight([n, self.units], GlorotUniform);
        dot(x, self.kernel)
    }
}

model! {
    pub struct Net {
        input x: [64];
        output y = Linear { units: 10 }(x);
    }
}

fn main() {}
