//! Integers for a convolution.
//! Mend: `one_hot(classes, 4)`, or `cast` where they are numbers.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input classes: Index![4; 8, 8, 1];
        output y = Conv2D::new(4, [3, 3])(classes);
    }
}

fn main() {}
