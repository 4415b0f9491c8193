//! A model inside of itself.
//! Mend: another model.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        layer inner = Net;
        output y = inner(x);
    }
}

fn main() {}
