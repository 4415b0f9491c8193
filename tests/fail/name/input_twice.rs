//! Two inputs of one name.
//! Mend: two names.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        input x: [12];
        output y = Dense::new(2)(x);
    }
}

fn main() {}
