//! A kernel that fits, but with holes between its taps it spans more than the image.
//! Mend: a smaller `dilation_rate`, or `padding(Same)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input image: [4, 4, 1];
        output y = Conv2D::new(4, [3, 3]).dilation_rate([2, 2])(image);
    }
}

fn main() {}
