//! A weight that does not fit the value that it is added to.
//! Mend: `weight([self.units], Zeros)`.

use keras_core::prelude::*;

pub struct Linear {
    pub units: usize,
}

#[layer]
impl Linear {
    fn build(&self, x: Shape![n]) {
        self.kernel = weight([n, self.units], GlorotUniform);
        self.bias = weight([n], Zeros);
    }
    fn call(&self, x: Tensor![n]) -> Tensor![self.units] {
        dot(x, self.kernel) + self.bias
    }
}

model! {
    pub struct Net {
        input x: [64];
        output y = (Linear { units: 10 })(x);
    }
}

fn main() {}
