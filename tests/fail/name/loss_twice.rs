//! Two losses of one name: a history has one column of it.
//! Mend: two names.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(2)(x);
        target t: [2];
        loss error = mean_squared_error(t, y);
        loss error = mean_absolute_error(t, y);
    }
}

fn main() {}
