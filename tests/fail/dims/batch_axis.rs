//! The axis of the batch, as Keras shows it.
//! Mend: `input x: [16];`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [None, 16];
        output y = Dense::new(1)(x);
    }
}

fn main() {
    let _ = Net::new(3);
}
