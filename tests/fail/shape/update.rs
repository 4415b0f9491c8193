//! A weight is updated to a value of another shape: the mean over all features.
//! Mend: `batch_mean(x)`.

use keras_core::prelude::*;

pub struct Centered;

#[layer]
impl Centered {
    fn build(&self, x: Shape![n]) {
        self.center = weight([n], Zeros, trainable = false);
    }

    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        if training {
            self.center = batch_mean(mean(x));
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
