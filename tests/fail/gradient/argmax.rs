//! A loss of the best class: it moves in steps, and no step has a slope.
//! Mend: `sparse_categorical_crossentropy(t, y, from_logits = true)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(3)(x);
        target t: [];
        loss mean_squared_error(t, argmax(y));
    }
}

fn main() {}
