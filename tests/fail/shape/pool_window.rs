//! A window of a pooling that is larger than what is left of the image.
//! Mend: fewer poolings, or `padding(Same)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input image: [5, 5, 2];
        let h = MaxPooling2D::new()(image);
        let h = MaxPooling2D::new()(h);
        output y = MaxPooling2D::new()(h);
    }
}

fn main() {}
