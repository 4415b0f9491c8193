use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        let scale = Dense::new(1)(x);
        output y = x * scale;
    }
}

fn main() {}
