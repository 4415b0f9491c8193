//! Every input may be left out: nobody knows the sizes then.
//! Mend: a first input without a default.

use keras_core::prelude::*;

#[layer]
fn shifted(#[default(ones([4]))] x: Tensor![4]) -> Tensor![4] {
    x + 1.0
}

fn main() {}
