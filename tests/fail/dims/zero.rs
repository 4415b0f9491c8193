use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(0)(x);
    }
}

fn main() {}
