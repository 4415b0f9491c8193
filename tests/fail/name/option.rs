use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = sum(x, axs = 0);
    }
}

fn main() {}
