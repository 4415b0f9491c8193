//! A dropout of the loss instead of the features: a part of the examples' mistakes is not seen.
//! Mend: `sum(square(dropout(h, 0.5) - t))`, before the output.

#![deny(deprecated)]

use keras_core::prelude::*;

#[layer]
fn dropout(x: Tensor![..s], rate: f64) -> Tensor![..s] {
    if training { x * random_bernoulli(s, 1.0 - rate) / (1.0 - rate) } else { x }
}

model! {
    pub struct Net {
        input x: [64];
        output y = Dense::new(10)(x);
        target t: [10];
        loss sum(dropout(square(y - t), 0.5));
    }
}

fn main() {}
