//! A width that the number of attention heads does not divide.
//! Mend: `heads(x, 2)`, or a width of 12.

use keras_core::prelude::*;

#[layer]
fn heads(x: Tensor![steps, d], count: usize) -> Tensor![steps, count, d / count] {
    reshape(x, [steps, count, d / count])
}

model! {
    pub struct Net {
        input x: [5, 8];
        output y = heads(x, 3);
    }
}

fn main() {}
