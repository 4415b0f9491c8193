//! Two metrics of one name: a history has one column of it.
//! Mend: two names.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(2)(x);
        target t: [2];
        loss mean_squared_error(t, y);
        metric error = mean_absolute_error(t, y);
        metric error = mean_squared_error(t, y);
    }
}

fn main() {}
