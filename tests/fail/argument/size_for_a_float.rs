//! A size where a rate belongs: told where it stands in the layer.
//! Errors: 2
//! Mend: `Dropout::new(0.5)` and `Dropout::new(self.rate)`.

use keras_core::prelude::*;

pub struct Noisy {
    pub rate: f64,
    pub units: usize,
}

#[layer]
impl Noisy {
    fn call(&self, x: Tensor![n]) -> Tensor![self.units] {
        let h = Dropout::new(n)(x);
        Dropout::new(self.units)(Dense::new(self.units)(h))
    }
}

model! {
    pub struct Net {
        input x: [16];
        output y = Noisy { rate: 0.5, units: 3 }(x);
    }
}

fn main() {
    let _ = Net::new(3);
}
