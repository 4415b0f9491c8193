//! A method of a layer that is never called: its weights have no shapes.
//! Mend: `output y = head(x);` before.

use keras_core::prelude::*;

pub struct Head;

#[layer]
impl Head {
    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        2.0 * x
    }
    fn loss(&self, x: Tensor![n]) -> Tensor![] {
        mean(square(x))
    }
}

model! {
    pub struct Net {
        input x: [10];
        layer head = Head;
        output y = Dense::new(2)(x);
        loss head.loss(x);
    }
}

fn main() {}
