//! The weights of a layer are more than the budget has left.
//! Mend: make the layer smaller, or raise the budget.
use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [64];
        budget(ram = 2 KiB, flash = 16 KiB);
        let h = Dense::new(32)(x);
        let h = Dense::new(128)(h);
        output y = Dense::new(3)(h);
    }
}

fn main() {}
