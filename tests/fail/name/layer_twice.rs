//! Two layers of one name.
//! Mend: two names.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        layer head = Dense::new(2);
        layer head = Dense::new(3);
        output y = head(x);
    }
}

fn main() {}
