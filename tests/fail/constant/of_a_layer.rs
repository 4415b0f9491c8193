//! A width that has no value, in a layer: told there, whoever calls it.
//! Mend: `Dense::new(WIDTHS[1])`.

use keras_core::prelude::*;

const WIDTHS: [usize; 2] = [16, 8];

pub struct Narrow {
    pub units: usize,
}

#[layer]
impl Narrow {
    fn call(&self, x: Tensor![n]) -> Tensor![self.units] {
        Dense::new(self.units)(Dense::new(WIDTHS[2])(x))
    }
}

model! {
    pub struct Net {
        input x: [16];
        let h = Narrow { units: 8 }(x);
        output y = Narrow { units: 8 }(h);
    }
}

fn main() {
    let _ = Net::new(3);
}
