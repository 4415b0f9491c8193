//! A layer that changes itself: its configuration is a constant, its weights are changed by training.
//! Mend: `fn call(&self, …)`.

use keras_core::prelude::*;

pub struct Scale;

#[layer]
impl Scale {
    fn call(&mut self, x: Tensor![n]) -> Tensor![n] {
        2.0 * x
    }
}

fn main() {}
