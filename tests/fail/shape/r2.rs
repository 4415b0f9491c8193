//! A score of regression is given a matrix.
//! Mend: `r2_score(flatten(t), flatten(y))`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [4, 10];
        output y = Dense::new(3)(x);
        target t: [4, 3];
        loss mean_squared_error(t, y);
        metric r2 = r2_score(t, y);
    }
}

fn main() {}
