//! A split into more parts than are possible.
//! Mend: `reshape(x, [17, 2])`, and slices of it.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [34];
        let h = split(x, 17);
        output y = Dense::new(2)(x);
    }
}

fn main() {}
