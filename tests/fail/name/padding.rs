//! A padding with a letter missing.
//! Mend: `padding(Same)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input image: [8, 8, 1];
        output y = Conv2D::new(4, [3, 3]).padding(Sme)(image);
    }
}

fn main() {}
