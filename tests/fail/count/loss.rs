//! A loss without its target.
//! Mend: `mean_squared_error(t, y)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(2)(x);
        target t: [2];
        loss mean_squared_error(y);
    }
}

fn main() {}
