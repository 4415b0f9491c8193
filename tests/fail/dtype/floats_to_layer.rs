//! A layer that declares class numbers is given floats.
//! Mend: `input x: Index![4; 3];`.

use keras_core::prelude::*;

#[layer]
fn pick(i: Index![4; n]) -> Tensor![n, 4] {
    one_hot(i, 4)
}

model! {
    pub struct Net {
        input x: [3];
        output y = pick(x);
    }
}

fn main() {}
