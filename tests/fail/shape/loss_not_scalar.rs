//! A loss of several numbers an example: what is to be made small is not said.
//! Mend: `loss mean(square(y - t));`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(4)(x);
        target t: [4];
        loss square(y - t);
    }
}

fn main() {}
