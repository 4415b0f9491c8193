//! The inner sizes of a product of matrices differ.
//! Mend: `input b: [4, 6];`, or `transpose_b = true`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input a: [3, 4];
        input b: [6, 4];
        output y = matmul(a, b);
    }
}

fn main() {}
