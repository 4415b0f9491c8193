//! Two stacks of matrices of different heights are multiplied.
//! Mend: equal numbers of matrices.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input a: [2, 3, 4];
        input b: [5, 4, 6];
        output y = matmul(a, b);
    }
}

fn main() {}
