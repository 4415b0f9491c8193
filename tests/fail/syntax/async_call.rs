//! An asynchronous layer: nothing waits in a step.
//! Mend: `fn call(&self, …)`.

use keras_core::prelude::*;

pub struct Scale;

#[layer]
impl Scale {
    async fn call(&self, x: Tensor![n]) -> Tensor![n] {
        2.0 * x
    }
}

fn main() {}
