//! A layer of no units gives no numbers.
//! Mend: `Dense::new(1)` or more.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(0)(x);
    }
}

fn main() {}
