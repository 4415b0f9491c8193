//! Two targets are given in each other's place: both losses would train on the wrong one.
//! Mend: `label: &label, t: &t`.
//! Errors: 2

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [64];
        output main = Dense::new(10)(x);
        output aux = Dense::new(4)(x);
        target label: Label;
        target t: [4];
        loss sparse_categorical_crossentropy(label, main, from_logits = true);
        loss mean_squared_error(t, aux);
    }
}

fn main() {
    let (x, label, t) = ([[0f32; 64]; 8], [0u8; 8], [[0f32; 4]; 8]);
    Net::new(1).fit(NetData { x: &x, label: &t, t: &label }, Fit::new()).unwrap();
}
