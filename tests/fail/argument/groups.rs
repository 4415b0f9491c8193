//! Channels split into no groups.
//! Mend: `groups(1)`, or none.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input image: [8, 8, 2];
        output y = Conv2D::new(4, [3, 3]).groups(0)(image);
    }
}

fn main() {}
