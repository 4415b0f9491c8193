//! A misspelt weight.
//! Mend: `self.kernel`.

use keras_core::prelude::*;

pub struct Linear { pub units: usize }

#[layer]
impl Linear {
    fn build(&self, x: Shape![n]) {
        self.kernel = weight([n, self.units], GlorotUniform);
    }
    fn call(&self, x: Tensor![n]) -> Tensor![self.units] {
        dot(x, self.kernl)
    }
}

model! {
    pub struct Net {
        input x: [10];
        output y = Linear { units: 4 }(x);
    }
}

fn main() {}
