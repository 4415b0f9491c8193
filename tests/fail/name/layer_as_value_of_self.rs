//! A layer of `build` as a value.
//! Mend: `relu(self.hidden(x))`.

use keras_core::prelude::*;

pub struct Mine {
    pub units: usize,
}

#[layer]
impl Mine {
    fn build(&self, x: Shape![n]) {
        self.hidden = Dense::new(self.units);
    }
    fn call(&self, x: Tensor![n]) -> Tensor![self.units] {
        relu(self.hidden)
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
