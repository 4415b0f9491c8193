//! Rows of 63 numbers for a model that reads 64.
//! Mend: give rows of the declared length, `[[f32; 64]; 8]`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [64];
        output y = Dense::new(1)(x);
    }
}

fn main() {
    let x = [[0f32; 63]; 8];
    Net::new(1).predict(&x[..]).unwrap();
}
