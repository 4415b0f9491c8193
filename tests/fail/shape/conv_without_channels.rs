//! An image without its axis of channels for a convolution.
//! Mend: `input image: [8, 8, 1];`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input image: [8, 8];
        output y = Conv2D::new(4, [3, 3])(image);
    }
}

fn main() {}
