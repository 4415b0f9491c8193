//! A value as an index.
//! Mend: `gather(x, i)`.

use keras_core::prelude::*;

#[layer]
fn pick(x: Tensor![n], i: Index![n]) -> Tensor![] {
    x[i]
}

fn main() {}
