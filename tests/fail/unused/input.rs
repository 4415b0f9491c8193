//! An input that nothing depends on.
//! Mend: use it, drop it, or call it `_z`.

#![deny(unused_variables)]
use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [4];
        input z: [4];
        output y = Dense::new(2)(x);
    }
}

fn main() {}
