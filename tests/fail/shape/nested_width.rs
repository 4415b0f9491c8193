//! A model inside of another is given another width than it declares.
//! Mend: `input x: [64];`, or `Dense::new(64)` in between.

use keras_core::prelude::*;

model! {
    pub struct Encoder {
        input image: [64];
        output code = Dense::new(8)(image);
    }
}

model! {
    pub struct Net {
        input x: [32];
        layer encoder = Encoder;
        output y = encoder(x);
    }
}

fn main() {}
