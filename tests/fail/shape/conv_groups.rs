//! Channels that do not divide into groups.
//! Mend: `groups(3)`, or a number of channels that 2 divides.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input image: [8, 8, 3];
        output y = Conv2D::new(4, [3, 3]).groups(2)(image);
    }
}

fn main() {}
