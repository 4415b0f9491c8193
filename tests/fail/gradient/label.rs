use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(1)(x);
        target label: Label![3];
        loss sum(square(y - label));
    }
}

fn main() {}
