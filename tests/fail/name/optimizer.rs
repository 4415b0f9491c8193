//! A misspelt optimizer.
//! Mend: `Adam::new()`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [64];
        output y = Dense::new(10)(x);
    }
}

fn main() {
    Net::new(1).set_optimizer(Adamm::new());
}
