//! A width computed of a parameter of the layer, which is too small for it.
//! Mend: `Narrow::<4>`.

use keras_core::prelude::*;

#[layer]
pub struct Narrow<const N: usize>;

#[layer]
impl<const N: usize> Narrow<N> {
    fn call(&self, x: Tensor![n]) -> Tensor![..] {
        Dense::new(N - 3)(x)
    }
}

model! {
    pub struct Net {
        input x: [16];
        output y = Narrow::<2>(x);
    }
}

fn main() {
    let _ = Net::new(3);
}
