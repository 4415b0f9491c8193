//! A variable that is no number.
//! Mend: `variable weight = 0.5;`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [16];
        target t: [1];
        variable weight = "half";
        output y = Dense::new(1)(x);
        loss weight * mean_squared_error(t, y);
    }
}

fn main() {
    let _ = Net::new(3);
}
