//! Shapes that lines of a body declare, and do not have.
//! Errors: 2
//! Mend: `let h: Tensor![self.units] = …`, and a width of 6.

use keras_core::prelude::*;

pub struct Mine {
    pub units: usize,
}

#[layer]
impl Mine {
    fn call(&self, x: Tensor![n]) -> Tensor![1] {
        let h: Tensor![6] = Dense::new(self.units)(x);
        let (a, b): (Tensor![m], Tensor![m]) = split(h, 2);
        Dense::new(1)(concat(a, b, Dense::new(m)(x)))
    }
}

model! {
    pub struct Net {
        input x: [16];
        let a = Mine { units: 6 }(x);
        let b = Mine { units: 8 }(x);
        output y = Dense::new(1)(concat(a, b));
        output z = Mine { units: 4 }(x);
    }
}

fn main() {
    let _ = Net::new(3);
}
