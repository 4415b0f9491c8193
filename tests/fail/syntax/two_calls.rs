//! A layer with two functions called `call`.
//! Mend: another name for the second; it is a further method then.

use keras_core::prelude::*;

pub struct Scale;

#[layer]
impl Scale {
    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        2.0 * x
    }
    fn call(&self, x: Tensor![n, m]) -> Tensor![n, m] {
        3.0 * x
    }
}

fn main() {}
