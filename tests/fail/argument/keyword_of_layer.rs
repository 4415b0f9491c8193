//! An option of a layer where its values stand.
//! Mend: `Dense::new(4).activation(Relu)(x)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(4)(x, activation = Relu);
    }
}

fn main() {}
