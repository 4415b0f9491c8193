//! A number of units that is below zero.
//! Mend: `INPUTS - 4`.

use keras_core::prelude::*;

const INPUTS: usize = 10;

model! {
    pub struct Net {
        input x: [INPUTS];
        let h = Dense::new(INPUTS - 14).activation(Activation::Relu)(x);
        output y = Dense::new(1)(h);
    }
}

fn main() {
    let _ = Net::new(3);
}
