//! A choice by values: an `if` is decided before the program runs.
//! Mend: `r#where(x > 0.0, x, -x)`.

use keras_core::prelude::*;

#[layer]
fn positive(x: Tensor![]) -> Tensor![] {
    if x > 0.0 { x } else { -x }
}

fn main() {}
