//! A value of a model that nothing reads.
//! Mend: use it, drop it, or call it `_h`.

#![deny(unused_variables)]
use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [4];
        let h = tanh(x);
        output y = Dense::new(2)(x);
    }
}

fn main() {}
