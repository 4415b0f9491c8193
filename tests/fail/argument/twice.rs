//! An option of an op that is given twice.
//! Mend: one of them; `axis = [0, 1]` for both.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10, 4];
        output y = sum(x, axis = 0, axis = 1);
    }
}

fn main() {}
