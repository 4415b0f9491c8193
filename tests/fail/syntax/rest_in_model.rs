//! An input with any number of axes: the sizes of a model are constants.
//! Mend: `input x: [28, 28];`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [.., 28];
        output y = Dense::new(2)(x);
    }
}

fn main() {}
