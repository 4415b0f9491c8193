//! A weight is updated whenever the layer is called: `predict` would change the model.
//! Mend: `if training { self.center = batch_mean(x); }`.

use keras_core::prelude::*;

pub struct Centered;

#[layer]
impl Centered {
    fn build(&self, x: Shape![n]) {
        self.center = weight([n], Zeros, trainable = false);
    }

    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        self.center = batch_mean(x);
        x - self.center
    }
}

fn main() {}
