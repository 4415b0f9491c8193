//! A slice of more axes than the value has.
//! Mend: `x[..2]`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(2)(x[s![..2, ..3]]);
    }
}

fn main() {}
