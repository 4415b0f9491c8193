//! A number as a regularizer.
//! Mend: `regularizer = L2(0.1)`.

use keras_core::prelude::*;

pub struct Mine {
    pub units: usize,
}

#[layer]
impl Mine {
    fn build(&self, x: Shape![n]) {
        self.kernel = weight([n, self.units], GlorotUniform, regularizer = 0.1);
    }
    fn call(&self, x: Tensor![n]) -> Tensor![self.units] {
        dot(x, self.kernel)
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
