//! A weight of more numbers than a machine can address.
//! Mend: fewer units.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [4_000_000_000];
        output y = Dense::new(4_000_000_000)(x);
    }
}

fn main() {}
