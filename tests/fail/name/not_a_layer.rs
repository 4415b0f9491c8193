//! A struct that is not a layer is called.
//! Mend: `#[layer] impl Plain { fn call(&self, x: Tensor![n]) -> … }`.

use keras_core::prelude::*;

pub struct Plain;

model! {
    pub struct Net {
        input x: [10];
        output y = Plain(x);
    }
}

fn main() {}
