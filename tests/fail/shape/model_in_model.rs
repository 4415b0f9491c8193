//! A mistake two models down: the call of the outer model is underlined, the inner is named.
//! Mend: `output code = Dense::new(4)(x) + x[..4];`.

use keras_core::prelude::*;

model! {
    pub struct Inner {
        input x: [8];
        output code = Dense::new(4)(x);
    }
}

model! {
    pub struct Middle {
        input x: [6];
        layer inner = Inner;
        output y = inner(x);
    }
}

model! {
    pub struct Net {
        input x: [6];
        layer middle = Middle;
        output y = middle(x);
    }
}

fn main() {}
