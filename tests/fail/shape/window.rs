//! An image too small for the second of two windows.
//! Mend: a larger image, or one window less.

use keras_core::prelude::*;

const K: usize = 5;

#[layer]
fn pool(image: Tensor![h, w]) -> Tensor![h - K + 1, w - K + 1] {
    image[s![..h - K + 1, ..w - K + 1]]
}

model! {
    pub struct Net {
        input image: [8, 8];
        let a = pool(image);
        output y = pool(a);
    }
}

fn main() {}
