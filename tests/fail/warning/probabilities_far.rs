//! Probabilities that went a long way, through a model, a split and an `if`, where logits are expected.
//! Mend: drop `from_logits = true`.
//! Errors: 9

#![deny(deprecated)]

use keras_core::prelude::*;

#[layer]
fn flat(x: Tensor![n]) -> Tensor![2, n / 2] {
    reshape(x, [2, n / 2])
}

model! {
    pub struct Inner {
        input x: [8];
        let h = Dense::new(4)(x);
        output p = sigmoid(h);
    }
}

model! {
    pub struct Net {
        input x: [8];
        layer inner = Inner;
        let (a, b) = split(inner(x), 2);
        let p = if true { flat(concat(a, b)) } else { zeros([2, 2]) };
        output y = Activation::Linear(stop_gradient(p));
        target t: [2, 2];
        loss binary_crossentropy(t, y, from_logits = true);
        loss categorical_crossentropy(t, y[s![.., ..]], from_logits = true);
        loss binary_focal_crossentropy(t, y, from_logits = true);
        loss categorical_focal_crossentropy(t, y, from_logits = true);
        metric area = auc(t, y, from_logits = true);
    }
}

fn main() {}
