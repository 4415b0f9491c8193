//! A weight that is updated, not trained.
use keras_core::prelude::*;

pub struct Centered;

#[layer]
impl Centered {
    fn build(&self, x: Shape![n]) {
        self.center = weight([n], Zeros, trainable = false);
    }

    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        if training {
            self.center = 0.9 * self.center + 0.1 * batch_mean(x);
        }
        x - self.center
    }
}

fn main() {}
