//! An index behind the last element.
//! Mend: `x[9]`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10, 4];
        output y = Dense::new(2)(x[10]);
    }
}

fn main() {}
