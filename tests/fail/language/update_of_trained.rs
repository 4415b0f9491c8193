//! A weight that is trained is updated by the layer, too: each would undo what the other does.
//! Mend: `weight([n], Zeros, trainable = false)`, or no update.

use keras_core::prelude::*;

pub struct Centered;

#[layer]
impl Centered {
    fn build(&self, x: Shape![n]) {
        self.center = weight([n], Zeros);
    }

    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        if training {
            self.center = batch_mean(x);
        }
        x - self.center
    }
}

fn main() {}
