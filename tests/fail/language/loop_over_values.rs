//! A loop over values: how many they are is not known.
//! Mend: `for t in 0..n`, and `x[t]` in it.

use keras_core::prelude::*;

#[layer]
fn total(x: Tensor![n]) -> Tensor![] {
    let mut y = zeros([]);
    for v in x {
        y = y + v;
    }
    y
}

fn main() {}
