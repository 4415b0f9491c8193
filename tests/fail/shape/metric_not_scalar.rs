//! A metric of several numbers an example.
//! Mend: `metric error = mean(abs(y - t));`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(4)(x);
        target t: [4];
        loss mean_squared_error(t, y);
        metric error = abs(y - t);
    }
}

fn main() {}
