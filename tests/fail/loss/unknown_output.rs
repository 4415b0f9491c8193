//! A loss of an output that has another name.
//! Mend: `mean_squared_error(t, aux)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [64];
        output main = Dense::new(10)(x);
        output aux = Dense::new(1)(x);
        target label: Label;
        target t: [1];
        loss sparse_categorical_crossentropy(label, main, from_logits = true);
        loss mean_squared_error(t, auxx);
    }
}

fn main() {}
