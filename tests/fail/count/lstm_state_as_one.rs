//! A layer that gives its state, too, bound to one name.
//! Mend: `let (h, _, _) = …;`, or no `return_state`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [6, 3];
        let h = LSTM::new(8).return_state(true)(x);
        output y = Dense::new(1)(h);
    }
}

fn main() {}
