//! Two lines of a model without `;` between them.
//! Mend: a `;` at the end of the first.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        let h = Dense::new(4)(x)
        output y = Dense::new(2)(h);
    }
}

fn main() {}
