use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        target size: [1];
        output y = Dense::new(1)(x);
        loss huber(size, y, delta = 0.0);
    }
}

fn main() {}
