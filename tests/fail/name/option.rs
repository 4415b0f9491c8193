//! A misspelt option of an op.
//! Mend: `sum(x, axis = 0)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = sum(x, axs = 0);
    }
}

fn main() {}
