use keras_core::prelude::*;

model! {
    pub struct Net {
        output y = zeros([3]);
    }
}

fn main() {}
