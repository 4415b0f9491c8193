//! A misspelt variable of a model that runs.
//! Mend: `net.variables.rate`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(2)(x);
        target t: [2];
        variable rate = 0.5;
        loss rate * mean_squared_error(t, y);
    }
}

fn main() {
    let mut net = Net::new(1);
    net.variables.rat = 0.1;
}
