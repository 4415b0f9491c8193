//! An op or layer that is not in scope.
//! Mend: `use` it, or declare it with `#[layer]`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = frobnicate(x);
    }
}

fn main() {}
