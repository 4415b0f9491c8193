//! An elementwise function of one value is given two.
//! Mend: `tanh(x)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        input z: [10];
        output y = tanh(x, z);
    }
}

fn main() {}
