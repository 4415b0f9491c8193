use keras_core::prelude::*;

pub struct Plain;

model! {
    pub struct Net {
        input x: [10];
        output y = Plain(x);
    }
}

fn main() {}
