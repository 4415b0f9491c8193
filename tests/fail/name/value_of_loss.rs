//! Values that there are not, in a loss and in an op: rustc says so, and no more.
//! Errors: 2
//! Mend: `mean_squared_error(t, y)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [16];
        target t: [1];
        output y = Dense::new(1)(dot(x, full([16, 2], 0.5)));
        loss mean_squared_error(t, z);
        loss mean_squared_error(q, y);
    }
}

fn main() {
    let _ = Net::new(3);
}
