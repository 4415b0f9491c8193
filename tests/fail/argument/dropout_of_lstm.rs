//! More numbers dropped than there are, in a recurrent layer.
//! Mend: `dropout(0.2)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [6, 3];
        output y = LSTM::new(8).dropout(1.2)(x);
    }
}

fn main() {}
