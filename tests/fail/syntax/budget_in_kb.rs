//! A unit of memory says what it is.
//! Mend: write `2 KiB`.
use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [4];
        budget(ram = 2 kB);
        output y = Dense::new(3)(x);
    }
}

fn main() {}
