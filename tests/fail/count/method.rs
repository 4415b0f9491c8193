//! A method of a layer without one of its values.
//! Mend: `head.loss(x, label)`.

use keras_core::prelude::*;

pub struct Head;

#[layer]
impl Head {
    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        2.0 * x
    }
    fn loss(&self, x: Tensor![n], t: Tensor![n]) -> Tensor![] {
        mean(square(x - t))
    }
}

model! {
    pub struct Net {
        input x: [10];
        layer head = Head;
        output y = head(x);
        loss head.loss(x);
    }
}

fn main() {}
