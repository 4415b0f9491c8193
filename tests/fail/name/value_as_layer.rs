//! A value is called as a layer.
//! Mend: `layer h = Dense::new(4);`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        let h = Dense::new(4)(x);
        output y = h(x);
    }
}

fn main() {}
