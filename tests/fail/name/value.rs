//! A misspelt value of a model.
//! Mend: `Dense::new(4)(hidden)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        let hidden = Dense::new(4)(x);
        output y = Dense::new(4)(hiden);
    }
}

fn main() {}
