//! A target is missing in the data: a loss has nothing to compare with.
//! Mend: `NetData { x: &x, label: &label, t: &t }`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [64];
        output main = Dense::new(10)(x);
        output aux = Dense::new(1)(x);
        target label: Label;
        target t: [1];
        loss sparse_categorical_crossentropy(label, main, from_logits = true);
        loss mean_squared_error(t, aux);
    }
}

fn main() {
    let (x, label) = ([[0f32; 64]; 8], [0u8; 8]);
    Net::new(1).fit(NetData { x: &x, label: &label }, Fit::new()).unwrap();
}
