//! A method that calls itself.
//! Mend: a `for` loop.

use keras_core::prelude::*;

pub struct Fold;

#[layer]
impl Fold {
    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        self.fold(x)
    }
    fn fold(&self, x: Tensor![n]) -> Tensor![n] {
        self.fold(2.0 * x)
    }
}

fn main() {}
