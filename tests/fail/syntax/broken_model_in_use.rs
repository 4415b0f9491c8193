//! A line without `=` in a model that another model uses: one error.
//! Mend: `output code = Dense::new(4)(x);`.

use keras_core::prelude::*;

model! {
    pub struct Encoder {
        input x: [10];
        output code Dense::new(4)(x);
    }
}

model! {
    pub struct Net {
        input x: [10];
        layer encoder = Encoder;
        output y = encoder(x);
    }
}

fn main() {}
