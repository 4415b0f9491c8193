//! Four independent mistakes in one model: four errors, in one run of the compiler.
//! Mend: each by itself.
//! Errors: 4

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        let a = reshape(x, [3, 3]);
        let b = x + x[..5];
        let c = sum(x, axis = 3);
        output y = Dense::new(0)(x);
    }
}

fn main() {}
