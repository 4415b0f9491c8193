//! A layer that neither `build` makes nor the struct has.
//! Mend: make it in `build`: `self.hidden = Dense::new(self.units);`.

use keras_core::prelude::*;

pub struct Mine {
    pub units: usize,
}

#[layer]
impl Mine {
    fn call(&self, x: Tensor![n]) -> Tensor![self.units] {
        self.hidden(x)
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
