//! A number of the configuration is called.
//! Mend: `Dense::new(self.units)(x)`.

use keras_core::prelude::*;

pub struct Mine {
    pub units: usize,
}

#[layer]
impl Mine {
    fn call(&self, x: Tensor![n]) -> Tensor![self.units] {
        self.units(x)
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
