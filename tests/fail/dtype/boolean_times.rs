//! A comparison is multiplied.
//! Mend: `r#where(x > 0.0, x, 0.0)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = x * (x > 0.0);
    }
}

fn main() {}
