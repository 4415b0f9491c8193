//! A metric compares predictions with a target of another width.
//! Mend: `target t: [3];`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(3)(x);
        target t: [3];
        target u: [5];
        loss mean_squared_error(t, y);
        metric error = root_mean_squared_error(u, y);
    }
}

fn main() {}
