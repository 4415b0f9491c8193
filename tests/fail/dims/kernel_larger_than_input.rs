//! A window larger than the image, in a layer of one's own: no place to put it.
//! Mend: a larger image, a smaller window, or `pad` before.

use keras_core::prelude::*;

const K: usize = 5;

#[layer]
fn valid(image: Tensor![h, w]) -> Tensor![h - K + 1, w - K + 1] {
    image[s![..h - K + 1, ..w - K + 1]]
}

model! {
    pub struct Net {
        input image: [4, 4];
        output y = valid(image);
    }
}

fn main() {}
