//! A misspelt method of a layer.
//! Mend: the name of a function in the `#[layer] impl` of the layer.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        layer head = Dense::new(4);
        output y = head(x);
        target label: Label;
        loss head.los(x, label);
    }
}

fn main() {}
