//! Windows that do not move.
//! Mend: `strides([1, 1])`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input image: [8, 8, 1];
        output y = Conv2D::new(4, [3, 3]).strides([0, 1])(image);
    }
}

fn main() {}
