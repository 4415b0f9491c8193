//! Two models in one `model!`.
//! Mend: a `model!` for each.

use keras_core::prelude::*;

model! {
    pub struct First {
        input x: [10];
        output y = Dense::new(2)(x);
    }
    pub struct Second {
        input x: [10];
        output y = Dense::new(2)(x);
    }
}

fn main() {}
