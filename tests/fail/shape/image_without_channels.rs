//! An image without its axis of channels.
//! Mend: `input image: [8, 8, 1];`.

use keras_core::prelude::*;

#[layer]
fn brightness(image: Tensor![h, w, channels]) -> Tensor![h, w] {
    mean(image, axis = -1)
}

model! {
    pub struct Net {
        input image: [8, 8];
        output y = brightness(image);
    }
}

fn main() {}
