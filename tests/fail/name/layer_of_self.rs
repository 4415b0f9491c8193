//! A misspelt layer of `build`.
//! Mend: `self.hidden(x)`.

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
        self.hiden(x)
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
