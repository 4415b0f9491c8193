//! A misspelt target in the data.
//! Mend: `label: &label`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(2)(x);
        target label: Label;
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
    }
}

fn main() {
    let (x, label) = ([[0f32; 10]; 8], [0u8; 8]);
    Net::new(1).fit(NetData { x: &x, lable: &label }, Fit::new()).unwrap();
}
