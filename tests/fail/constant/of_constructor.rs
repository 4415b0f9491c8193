//! A constructor of the user's own that asserts something of what it is given.
//! Errors: 2
//! Mend: `Scaled::new(1)`.

use keras_core::prelude::*;

pub struct Scaled {
    pub factor: f32,
}

impl Scaled {
    pub const fn new(factor: usize) -> Self {
        assert!(factor > 0, "a factor is at least 1");
        Scaled { factor: factor as f32 }
    }
}

#[layer]
impl Scaled {
    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        x * self.factor
    }
}

#[layer]
pub struct Twice;

#[layer]
impl Twice {
    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        Scaled::new(0)(x) * 2.0
    }
}

model! {
    pub struct Net {
        input x: [4];
        let a = Scaled::new(0)(x);
        let b = Scaled::new(2)(a);
        output y = Dense::new(3)(b);
    }
}

fn main() {
    let _ = Net::new(3);
}
