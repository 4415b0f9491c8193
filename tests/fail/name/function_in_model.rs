use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = frobnicate(x);
    }
}

fn main() {}
