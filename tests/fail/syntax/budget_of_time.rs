//! There is no budget of everything.
//! Mend: limit `ram` or `flash`.
use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [4];
        budget(rom = 2 KiB);
        output y = Dense::new(3)(x);
    }
}

fn main() {}
