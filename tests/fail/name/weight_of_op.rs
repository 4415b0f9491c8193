//! Weights that `build` does not make, as operands of an op.
//! Errors: 2
//! Mend: make them in `build`: `self.kernel = weight([n, self.units], GlorotUniform);`.

use keras_core::prelude::*;

pub struct Mine {
    pub units: usize,
}

#[layer]
impl Mine {
    fn call(&self, x: Tensor![n]) -> Tensor![self.units] {
        dot(x, self.kernel) + dot(x, self.other)
    }
}

model! {
    pub struct Net {
        input x: [16];
        output y = Mine { units: 3 }(x);
    }
}

fn main() {
    let _ = Net::new(3);
}
