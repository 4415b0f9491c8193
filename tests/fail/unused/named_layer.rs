//! A layer that is never called.
//! Mend: call it, `head(x)`, or drop it.

#![deny(unused_variables)]
use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [4];
        layer head = Dense::new(2);
        output y = Dense::new(2)(x);
    }
}

fn main() {}
