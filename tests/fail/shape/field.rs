//! A layer inside of another layer is given a width that it cannot take.
//! Mend: equal widths.

use keras_core::prelude::*;

#[layer]
pub struct Twice<L: Layer> {
    pub inner: L,
}

#[layer]
impl<L: Layer> Twice<L> {
    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        self.inner(self.inner(x))
    }
}

model! {
    pub struct Net {
        input x: [6];
        output y = Twice::new(Dense::new(4))(x);
    }
}

fn main() {}
