//! Widths and factors that are computed of a size, in a layer that is called with sizes too small for them.
//! Errors: 3
//! Mend: wider inputs, and `parts: 2`.

use keras_core::prelude::*;

#[layer]
pub struct Narrow {
    pub parts: usize,
}

#[layer]
impl Narrow {
    fn call(&self, x: Tensor![n]) -> Tensor![3] {
        let part = Dense::new(n / self.parts)(x);
        let rest = Dense::new(n - 5)(x);
        Dense::new(3)(concat(part, rest)) * (n - 8) as f32
    }
}

model! {
    pub struct Net {
        input x: [16];
        let narrow = Narrow::new(2)(x);
        let undivided = Narrow::new(0)(x);
        let least = Narrow::new(2)(undivided);
        let less = Dense::new(6).activation(Relu)(narrow);
        let none = Narrow::new(1)(Dense::new(4)(less));
        let factor = Narrow::new(2)(Dense::new(7)(less));
        output y = Dense::new(1)(concat(least, none, factor));
    }
}

fn main() {
    let _ = Net::new(3);
}
