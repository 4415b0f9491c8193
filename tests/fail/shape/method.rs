//! A method of a layer is given a value of another width.
//! Mend: `head.loss(x)`.

use keras_core::prelude::*;

pub struct Head;

#[layer]
impl Head {
    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        2.0 * x
    }
    fn loss(&self, x: Tensor![4]) -> Tensor![] {
        mean(square(x))
    }
}

model! {
    pub struct Net {
        input x: [10];
        layer head = Head;
        output y = head(x);
        loss head.loss(y);
    }
}

fn main() {}
