//! A kernel larger than the image: there is no place to put it.
//! Mend: a smaller kernel, a larger image, or `padding(Same)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input image: [4, 4, 1];
        output y = Conv2D::new(4, [5, 5])(image);
    }
}

fn main() {}
