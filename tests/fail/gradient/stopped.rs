//! A loss whose only way to the weights is cut.
//! Mend: leave out `stop_gradient`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(3)(x);
        target t: [3];
        loss mean_squared_error(t, stop_gradient(y));
    }
}

fn main() {}
