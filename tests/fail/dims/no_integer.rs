//! Sizes that are no integers.
//! Errors: 2
//! Mend: `[16]` and `[2, 8]`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [16.5];
        input z: [16];
        output y = Dense::new(1)(x);
        output r = reshape(z, [2.0, 8]);
        output w = Dense::new(1)(z);
    }
}

fn main() {
    let _ = Net::new(3);
}
