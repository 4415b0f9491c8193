//! Two mistakes in one model, each told once; what depends on them is silent.
//! Mend: each by itself.
//! Errors: 2

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        let a = Dense::new(4)(x) + Dense::new(5)(x);
        let b = concat(x, reshape(x, [5, 2]));
        let c = Dense::new(3)(a) * Dense::new(3)(b);
        output y = Dense::new(2)(c);
        target t: [2];
        loss mean_squared_error(t, y);
    }
}

fn main() {}
