//! A reshape to more axes than are possible.
//! Mend: at most 6 axes.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [8];
        output y = reshape(x, [1, 2, 1, 2, 1, 2, 1]);
    }
}

fn main() {}
