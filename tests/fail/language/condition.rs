//! Conditions that are numbers.
//! Errors: 2
//! Mend: `self.units > 0` and `n > 1`.

use keras_core::prelude::*;

pub struct Mine {
    pub units: usize,
}

#[layer]
impl Mine {
    fn build(&self, x: Shape![n]) {
        if self.units {
            self.kernel = weight([n, self.units], GlorotUniform);
        }
    }
    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        if n { x } else { 2.0 * x }
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
