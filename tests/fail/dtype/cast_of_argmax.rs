//! A loss of the best class as a number: it moves in steps, and no step has a slope.
//! Mend: a loss of the scores.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(3)(x);
        target t: [];
        loss mean_squared_error(t, cast(argmax(y)));
    }
}

fn main() {}
