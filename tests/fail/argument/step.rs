//! A slice with steps of zero.
//! Mend: `x[s![..;2]]`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(2)(x[s![..;0]]);
    }
}

fn main() {}
