//! A weight is updated in every iteration of a loop.
//! Mend: `let mut` a variable before the loop, and update the weight behind it.

use keras_core::prelude::*;

pub struct Centered;

#[layer]
impl Centered {
    fn build(&self, x: Shape![n]) {
        self.center = weight([n], Zeros, trainable = false);
    }

    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        if training {
            for _ in 0..3 {
                self.center = 0.5 * self.center;
            }
        }
        x - self.center
    }
}

fn main() {}
