//! A misspelt dim in the body of a layer.
//! Mend: `zeros([width])`.

use keras_core::prelude::*;

#[layer]
fn double(x: Tensor![width]) -> Tensor![width] {
    x + zeros([widht])
}

fn main() {}
