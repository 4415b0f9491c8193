//! A length that does not divide into equal parts.
//! Mend: `split(x, 2)`, or slices.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        let (a, b, c) = split(x, 3);
        output y = a + b + c;
    }
}

fn main() {}
