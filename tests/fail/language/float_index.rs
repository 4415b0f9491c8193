//! Indices that are no integers.
//! Errors: 2
//! Mend: `x[s![1..]]` and `x[2]`.

use keras_core::prelude::*;

pub struct Mine {
    pub units: usize,
}

#[layer]
impl Mine {
    fn call(&self, x: Tensor![n]) -> Tensor![..] {
        x[s![1.5..]] + x[2.0]
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
