//! A class number is subtracted from a score: numbers of classes are names, not amounts.
//! Mend: `one_hot(label, 3)`, or a loss that takes labels.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = Dense::new(1)(x);
        target label: Label![3];
        loss sum(square(y - label));
    }
}

fn main() {}
