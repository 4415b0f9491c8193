use keras_core::prelude::*;

#[layer]
fn again(x: Tensor![n]) -> Tensor![n] {
    let mut y = x;
    while true {
        y = y + x;
    }
    y
}

model! {
    pub struct Net {
        input x: [10];
        output y = again(x);
    }
}

fn main() {}
