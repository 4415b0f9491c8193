use keras_core::prelude::*;

#[layer]
fn inner(x: Tensor![n]) -> Tensor![n] {
    x + x[..n / 2]
}

#[layer]
fn middle(x: Tensor![n]) -> Tensor![n] {
    inner(2.0 * x)
}

model! {
    pub struct Net {
        input x: [10];
        output y = middle(x);
    }
}

fn main() {}
