//! A layer of more inputs than are possible.
//! Mend: `concat` some of them before.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [2];
        let a = concat(x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x);
        output y = Dense::new(2)(a);
    }
}

fn main() {}
