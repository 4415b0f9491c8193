//! A value is used before the line that makes it.
//! Mend: the lines in the order of the computation.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        let a = Dense::new(4)(hidden);
        let hidden = Dense::new(4)(x);
        output y = a + hidden;
    }
}

fn main() {}
