//! A value of more axes than are possible.
//! Mend: join some of them.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [1, 2, 3, 4, 5, 6, 7];
        output y = flatten(x);
    }
}

fn main() {}
