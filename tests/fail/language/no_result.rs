//! The body of a layer ends with a statement: it gives nothing.
//! Mend: a last line `y`, without `;`.

use keras_core::prelude::*;

#[layer]
fn twice(x: Tensor![n]) -> Tensor![n] {
    let y = 2.0 * x;
}

model! {
    pub struct Net {
        input x: [64];
        output y = Dense::new(10)(twice(x));
    }
}

fn main() {}
