//! Two pairs of widths for a value of three axes.
//! Mend: three pairs: `[(0, 0), (1, 1), (1, 1)]`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [2, 3, 4];
        output y = pad(x, [(1, 1), (1, 1)]);
    }
}

fn main() {}
