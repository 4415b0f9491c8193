//! One layer, so one kernel, for inputs of two widths.
//! Mend: two layers, or equal widths.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input a: [10];
        input b: [12];
        layer encode = Dense::new(4);
        output y = encode(a) - encode(b);
    }
}

fn main() {}
