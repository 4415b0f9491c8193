//! The last line is a statement.
//! Mend: `y * 2.0` without `;`.

use keras_core::prelude::*;

pub struct Mine {
    pub units: usize,
}

#[layer]
impl Mine {
    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        let y = relu(x);
        y * 2.0;
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
