//! A layer's loss of logits is given what a softmax made.
//! Mend: drop the activation, or `from_logits = true` in the layer.

#![deny(deprecated)]

use keras_core::prelude::*;

pub struct Head;

#[layer]
impl Head {
    fn call(&self, x: Tensor![n]) -> Tensor![10] {
        Dense::new(10)(x)
    }
    fn loss(&self, y: Tensor![n], label: Label![]) -> Tensor![] {
        sparse_categorical_crossentropy(label, softmax(y), from_logits = true)
    }
}

model! {
    pub struct Net {
        input x: [64];
        layer head = Head;
        output y = head(x);
        target label: Label;
        loss head.loss(y, label);
    }
}

fn main() {}
