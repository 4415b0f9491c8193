//! Rows of 63 numbers in the training data of a model that reads 64.
//! Mend: give rows of the declared length, `[[f32; 64]; 8]`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [64];
        output y = Dense::new(1)(x);
        target t: [1];
        loss mean_squared_error(t, y);
    }
}

fn main() {
    let (x, t) = ([[0f32; 63]; 8], [[0f32; 1]; 8]);
    Net::new(1).fit(NetData { x: &x[..], t: &t[..] }, Fit::new()).unwrap();
}
