//! A convolution without filters.
//! Mend: `Conv2D::new(4, [3, 3])`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input image: [8, 8, 1];
        output y = Conv2D::new(0, [3, 3])(image);
    }
}

fn main() {}
