//! The axes of a kernel are swapped.
//! Mend: `weight([n, self.units], …)`.

use keras_core::prelude::*;

pub struct Linear {
    pub units: usize,
}

#[layer]
impl Linear {
    fn build(&self, x: Shape![n]) {
        self.kernel = weight([self.units, n], GlorotUniform);
    }

    fn call(&self, x: Tensor![n]) -> Tensor![self.units] {
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
