//! A weight is updated twice: the second would forget the first.
//! Mend: compute the value with `let`, and update once.

use keras_core::prelude::*;

pub struct Centered;

#[layer]
impl Centered {
    fn build(&self, x: Shape![n]) {
        self.center = weight([n], Zeros, trainable = false);
    }

    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        if training {
            self.center = batch_mean(x);
            self.center = 0.5 * self.center;
        }
        x - self.center
    }
}

fn main() {}
