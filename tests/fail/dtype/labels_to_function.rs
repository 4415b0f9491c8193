//! An elementwise function of class numbers.
//! Mend: `cast(i)`, where they are amounts.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input i: Index![4; 3];
        output y = tanh(i);
    }
}

fn main() {}
