//! A choice by numbers instead of a comparison.
//! Mend: `r#where(x > 0.0, x, -x)`.

use keras_core::prelude::*;

model! {
    pub struct Net {
        input x: [10];
        output y = r#where(x, x, -x);
    }
}

fn main() {}
