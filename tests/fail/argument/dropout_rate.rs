//! More numbers dropped than there are.
//! Mend: `Dropout::new(0.5)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [8];
        output y = Dense::new(1)(Dropout::new(1.5)(x));
    }
}

fn main() {}
