//! A misspelt field of a layer's configuration.
//! Mend: `Scale { factor: 2.0 }`.

use keras_core::prelude::*;

pub struct Scale {
    pub factor: f64,
}

#[layer]
impl Scale {
    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        self.factor * x
    }
}

model! {
    pub struct Net {
        input x: [10];
        output y = (Scale { facter: 2.0 })(x);
    }
}

fn main() {}
