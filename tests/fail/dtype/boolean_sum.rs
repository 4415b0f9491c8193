//! A sum of yes and no.
//! Mend: `sum(cast(x > 0.0))`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = sum(x > 0.0);
    }
}

fn main() {}
