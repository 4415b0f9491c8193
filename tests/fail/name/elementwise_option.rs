//! A misspelt option of an elementwise function.
//! Mend: `negative_slope = 0.1`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = leaky_relu(x, negativ_slope = 0.1);
    }
}

fn main() {}
