//! A body that is no Rust: rustc says so, and nothing else is wrong.
//! Mend: `;` behind the first line.

use keras_core::prelude::*;

pub struct Mine {
    pub units: usize,
}

#[layer]
impl Mine {
    fn call(&self, x: Tensor![n]) -> Tensor![self.units] {
        let y = Dense::new(self.units)(x)
        relu(y)
    }
    fn loss(&self, y: Tensor![n]) -> Tensor![] {
        mean(square(y))
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
