//! A column is multiplied by a value of width 1: whether it is to be repeated is not said.
//! Mend: `x * broadcast_to(scale, [10])`, or a number, `scale[0]`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        let scale = Dense::new(1)(x);
        output y = x * scale;
    }
}

fn main() {}
