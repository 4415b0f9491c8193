//! More elements than a machine can address.
//! Mend: smaller sizes.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [4_000_000_000, 4_000_000_000];
        output y = Dense::new(2)(flatten(x));
    }
}

fn main() {}
