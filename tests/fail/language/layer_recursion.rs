//! A layer that calls itself: its shapes never end.
//! Mend: a `for` loop, or a layer inside.

use keras_core::prelude::*;

#[layer]
fn again(x: Tensor![n]) -> Tensor![n] {
    again(2.0 * x)
}

fn main() {}
