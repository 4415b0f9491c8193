//! One of two outputs is not used.
//! Mend: `let (a, _b) = split(x, 2);`.

#![deny(unused_variables)]
use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [4];
        let (a, b) = split(x, 2);
        output y = Dense::new(2)(a);
    }
}

fn main() {}
