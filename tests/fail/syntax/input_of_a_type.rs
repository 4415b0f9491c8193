//! An input of a Rust type: what its sizes are is not said.
//! Mend: `input x: [10];`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: Vec<f32>;
        output y = Dense::new(2)(x);
    }
}

fn main() {}
