//! An input of a method that may be left out.
//! Mend: two methods, or an input that is always given.

use keras_core::prelude::*;

pub struct Twice;

#[layer]
impl Twice {
    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        x * 2.0
    }

    fn loss(&self, x: Tensor![n], #[default(zeros([n]))] t: Tensor![n]) -> Tensor![] {
        sum(square(x - t))
    }
}

fn main() {}
