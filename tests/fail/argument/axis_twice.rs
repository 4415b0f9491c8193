//! An axis that is named twice.
//! Mend: `axis = [0, 1]`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10, 4];
        output y = max(x, axis = [0, 0]);
    }
}

fn main() {}
