//! Windows of a pooling that do not move.
//! Mend: `strides([2, 2])`, or none: they are as far apart as they are wide.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input image: [8, 8, 1];
        output y = MaxPooling2D::new().strides([2, 0])(image);
    }
}

fn main() {}
