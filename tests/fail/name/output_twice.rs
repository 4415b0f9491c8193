//! Two outputs of one name.
//! Mend: two names.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(2)(x);
        output y = Dense::new(3)(x);
    }
}

fn main() {}
