//! A convolution of sequences for an image.
//! Mend: `Conv2D::new(4, [3, 3])`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input image: [28, 28, 1];
        output y = Conv1D::new(4, 3)(image);
    }
}

fn main() {}
