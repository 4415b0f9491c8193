//! One number for the size of a window in an image.
//! Mend: `Conv2D::new(4, [3, 3])`: a size for each axis.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input image: [8, 8, 1];
        output y = Conv2D::new(4, 3)(image);
    }
}

fn main() {}
