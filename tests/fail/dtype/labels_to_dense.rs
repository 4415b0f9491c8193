//! Class numbers go to a layer of floats.
//! Mend: `one_hot(i, 4)` before it.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input i: Index![4; 3];
        output y = Dense::new(2)(i);
    }
}

fn main() {}
