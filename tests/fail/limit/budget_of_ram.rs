//! A map is larger than the budget.
//! Mend: pool a smaller image, or raise the budget.
use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [28, 28, 1];
        budget(ram = 2 KiB);
        let a = MaxPooling2D::new()(x);
        let h = Conv2D::new(8, [3, 3])(a);
        output y = Dense::new(3)(Flatten(h));
    }
}

fn main() {}
