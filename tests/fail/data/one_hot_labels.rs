//! One-hot rows where the loss takes class numbers: each row would be ten labels.
//! Mend: give one number an example, or use `categorical_crossentropy` and `target label: [10];`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [64];
        output y = Dense::new(10)(x);
        target label: Label;
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
    }
}

fn main() {
    let (x, label) = ([[0f32; 64]; 8], [[0u8; 10]; 8]);
    Net::new(1).fit(NetData { x: &x, label: &label }, Fit::new()).unwrap();
}
