//! Three names for a layer that does not give its state.
//! Mend: `LSTM::new(8).return_state(true)(x)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [6, 3];
        let (y, h, c) = LSTM::new(8)(x);
        output z = y + h + c;
    }
}

fn main() {}
