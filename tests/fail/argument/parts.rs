//! A split into no parts.
//! Mend: `split(x, 2)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        let h = split(x, 0);
        output y = Dense::new(2)(h);
    }
}

fn main() {}
