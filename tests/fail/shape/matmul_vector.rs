//! A product of matrices is given a vector.
//! Mend: `dot(x, w)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [4];
        input w: [4, 6];
        output y = matmul(x, w);
    }
}

fn main() {}
