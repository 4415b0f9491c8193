//! A model without an output, which is used.
//! Mend: `output y = Dense::new(2)(x);`.

use keras_core::prelude::*;

model! {
    struct Net {
        input x: [4];
        target t: [2];
        loss mean(square(x)) + mean(t);
    }
}

fn main() {
    let mut net = Net::new(1);
    let (x, t) = ([[0.5_f32; 4]; 3], [[1.0_f32; 2]; 3]);
    net.fit(NetData { x: &x, t: &t }, Fit::new()).unwrap();
    net.predict(&x).unwrap();
}
