//! A small model.
use keras_core::prelude::*;

model! {
    /// One layer.
    pub struct Net {
        input x: [4];
        output y = Dense::new(3)(x);
        target t: [3];
        loss mean_squared_error(t, y);
    }
}

fn main() {}
