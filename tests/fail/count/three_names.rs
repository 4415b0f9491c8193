use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        let (a, b, c) = split(x, 2);
        output y = concat(a, b, c);
    }
}

fn main() {}
