//! Options as arguments of the constructor, as Keras has them.
//! Errors: 2
//! Mend: `Dense::new(8).activation(Relu)(x)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [16];
        let h = Dense::new(8, activation = Relu)(x);
        output y = Dense::new(1, use_bias = false).activation(Relu)(h);
    }
}

fn main() {
    let _ = Net::new(3);
}
