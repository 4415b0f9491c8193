//! A weight is updated to a value that each example has.
//! Mend: `batch_mean(x)`: there is one weight for all examples.

use keras_core::prelude::*;

pub struct Centered;

#[layer]
impl Centered {
    fn build(&self, x: Shape![n]) {
        self.center = weight([n], Zeros, trainable = false);
    }

    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        if training {
            self.center = x;
        }
        x - self.center
    }
}

model! {
    pub struct Net {
        input x: [4];
        output y = Centered(x);
    }
}

fn main() {}
